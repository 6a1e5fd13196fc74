import type { ClueKind } from "./clue.js";

/** What a key is of. */
interface Kinship {
  family: string;
  subject: string;
}

/** By first words, of which there are a few dozen: keys come by thousands. */
const known = new Map<string, Kinship>();

/** One key is asked about several times, and the next is of the same kind as a rule. */
let last: { begins: string; kinship: Kinship } | undefined;

function kinshipOf(key: string): Kinship {
  if (last && key.startsWith(last.begins)) return last.kinship;
  const end = key.indexOf(" ");
  const word = end < 0 ? key : key.slice(0, end);
  const kinship = kinshipOfWord(word);
  if (end >= 0) last = { begins: `${word} `, kinship };
  return kinship;
}

function kinshipOfWord(word: string): Kinship {
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
