import type { ClueKind } from "./clue.js";

/** A key's first word up to its second dot or its first blank: `dns.question` of `dns.question.sent 4711 …`. */
const FAMILY = /^[^. ]*(?:\.[^. ]*)?/;

/** The family of a key. Keys of different families are never the same. */
export const familyOf = (key: string): string => FAMILY.exec(key)![0];

/** The families of the keys that these kinds tell of. */
export const familiesOf = (kinds: readonly ClueKind[]): Set<string> =>
  new Set(kinds.flatMap(({ families }) => families));

/** What a family is about: `dns` of `dns.question`. */
export function subjectOf(family: string): string {
  const end = family.indexOf(".");
  return end < 0 ? family : family.slice(0, end);
}

/** What a key says behind its first word: what its happening is about, whatever was seen of it. */
export const nameIn = (key: string): string => key.slice(key.indexOf(" ") + 1);
