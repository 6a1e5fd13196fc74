import type { ClueKind } from "./clue.js";

/** What a key is of. */
interface Kinship {
  family: string;
  subject: string;
}

/** By first words, of which there are a few dozen: keys come by thousands. */
const known = new Map<string, Kinship>();

function kinshipOf(key: string): Kinship {
  const end = key.indexOf(" ");
  const word = end < 0 ? key : key.slice(0, end);
  let kinship = known.get(word);
  if (!kinship) {
    const [subject, rest] = word.split(".");
    known.set(
      word,
      (kinship = { subject: subject!, family: rest === undefined ? subject! : `${subject}.${rest}` }),
    );
  }
  return kinship;
}

/**
 * The family of a key: its first word up to its second dot, `dns.question` of `dns.question.sent 4711 …`. Keys of different families are
 * never the same.
 */
export const familyOf = (key: string): string => kinshipOf(key).family;

/** What a family, or a key, is about: `dns` of `dns.question`. */
export const subjectOf = (key: string): string => kinshipOf(key).subject;

/** What a key says behind its first word: what its happening is about, whatever was seen of it. */
export const nameIn = (key: string): string => key.slice(key.indexOf(" ") + 1);

/** The families of the keys that these kinds tell of. */
export const familiesOf = (kinds: readonly ClueKind[]): Set<string> =>
  new Set(kinds.flatMap(({ families }) => families));
