// How large an XML file may be. Real sequences stay far below; what goes beyond is an attack or an accident.

export const xmlLimits = {
  /** Bytes of a file. */
  bytes: 64 * 1024 * 1024,
  /** Elements within each other. */
  depth: 200,
  elements: 2_000_000,
  attributesOfAnElement: 200,
  /** Characters of one attribute as written. */
  attributeLength: 1024 * 1024,
} as const;
