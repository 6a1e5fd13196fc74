import type { Key } from "../key.js";

const ROUNDS = 4;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const BOTH = DIGITS + LETTERS;
/** Letters and digits, and whatever is no ASCII; hyphens, underscores and the like between them stay where they are. */
const PARTS = /[A-Za-z0-9\u0080-\uffff]+/g;

/**
 * What stands for names: as long as they are, and the same for the same name. Letters and digits give letters and digits, so that what
 * is made of several parts (`shop-web-1`) shares them with others that are, and lengths that stand beside names (in DNS messages,
 * packets, traces) stay true. Names of one length are mapped one to one: two never become one.
 *
 * A Feistel network over characters: each half is shifted by what the other one and the key say, as in format-preserving encryption
 * (NIST SP 800-38G), but with whole digests, since names are short and a key is used for one hand-over.
 */
export class Pseudonyms {
  private readonly known = new Map<string, string>();

  constructor(private readonly key: Key) {}

  /** What stands for a name without dots. Capital letters become capital letters. A number behind other parts (`-1`) counts, and stays. */
  of(name: string): string {
    return name.replace(PARTS, (part, at: number) =>
      at > 0 && /^\d+$/.test(part) ? part : cased(this.part(part.toLowerCase()), part),
    );
  }

  private part(part: string): string {
    let out = this.known.get(part);
    if (out === undefined) {
      if (this.known.size >= 1 << 16) this.known.clear();
      this.known.set(part, (out = this.permuted(part)));
    }
    return out;
  }

  private permuted(part: string): string {
    const alphabets = alphabetsOf(part);
    let out = this.shuffled(part, alphabets);
    // What begins with a digit and has letters too must not become a number, nor a number become anything else.
    while (/^\d/.test(part) && /^\d+$/.test(part) !== /^\d+$/.test(out)) out = this.shuffled(out, alphabets);
    return out;
  }

  private shuffled(part: string, alphabets: readonly string[]): string {
    let digits = [...part].map((char, i) => digitOf(char, alphabets[i]!));
    const half = Math.ceil(digits.length / 2);
    for (let round = 0; round < ROUNDS; round++) {
      const isLeft = round % 2 === 0;
      const other = isLeft ? digits.slice(half) : digits.slice(0, half);
      const noise = this.noise(`${round}:${digits.length}:${other.join(",")}`, digits.length);
      digits = digits.map((digit, i) =>
        i < half === isLeft ? (digit + noise[i]!) % alphabets[i]!.length : digit,
      );
    }
    return digits.map((digit, i) => alphabets[i]![digit]!).join("");
  }

  /** So many numbers that follow from the key and the text. */
  private noise(text: string, count: number): number[] {
    const out: number[] = [];
    for (let block = 0; out.length < count; block++) {
      const digest = this.key.digest("name", `${block}:${text}`);
      for (let at = 0; at < digest.length && out.length < count; at += 4) out.push(digest.readUInt32BE(at));
    }
    return out;
  }
}

/** The characters that may stand at each place: a name keeps its kind of beginning, and a number stays one. */
function alphabetsOf(part: string): string[] {
  const isNumber = /^\d+$/.test(part);
  return [...part].map((_, i) => {
    if (isNumber) return DIGITS;
    if (i > 0) return BOTH;
    return /\d/.test(part[0]!) ? DIGITS : LETTERS;
  });
}

/** Other characters than those of the alphabet count by their codes: such names are seldom, and need not be told apart for certain. */
function digitOf(char: string, alphabet: string): number {
  const at = alphabet.indexOf(char);
  return at >= 0 ? at : char.codePointAt(0)! % alphabet.length;
}

const cased = (out: string, like: string): string =>
  like === like.toLowerCase()
    ? out
    : [...out].map((char, i) => (/[A-Z]/.test(like[i] ?? "") ? char.toUpperCase() : char)).join("");
