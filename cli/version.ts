// The version that the command reports: the build puts it in, so that `--version` reads no file.

declare const __SEQUITUR_VERSION__: string | undefined;

/** `0.1.0`; `development` when it runs from source. */
export const version = typeof __SEQUITUR_VERSION__ === "string" ? __SEQUITUR_VERSION__ : "development";
