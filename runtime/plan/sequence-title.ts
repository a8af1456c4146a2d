// How a sequence is called to people.

/** Its title, else its identifier. */
export function sequenceTitle(identifier: string, title: string): string {
  return title === "" ? identifier : title;
}
