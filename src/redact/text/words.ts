import { endsEscape } from "./boundary.js";

/** How a word may stand in a text. */
export type Standing =
  /** Nothing beside it that could be part of it: `web` does not stand in `web-1`, nor before `=`. */
  | "strict"
  /** Neither letter nor digit beside it: the name of a file may hold it. */
  | "loose"
  /** Anywhere. */
  | "anywhere";

/** A word that is looked for. */
export interface Word<T> {
  text: string;
  standing: Standing;
  value: T;
}

/**
 * Finds many words in a text in one pass: Aho and Corasick, "Efficient String Matching" (1975), as one table of transitions. ASCII
 * letters are the same in either case. The time does not depend on how many words there are, nor on what the text is.
 */
export class WordFinder<T> {
  /** Class of each character code below {@link CODES}; 0 is that of characters that no word has. */
  private readonly classes = new Uint16Array(CODES);
  private classCount = 1;
  /** `next[state * classCount + class]`. */
  private readonly next: Int32Array;
  /** The word that ends at a state, and the next shorter state at whose end one does. */
  private readonly ends: Int32Array;
  private readonly shorter: Int32Array;

  constructor(private readonly words: readonly Word<T>[]) {
    let states = 1;
    for (const { text } of words) {
      states += text.length;
      for (let i = 0; i < text.length; i++) this.classOf(text.charCodeAt(i));
    }
    this.next = new Int32Array(states * this.classCount).fill(-1);
    this.ends = new Int32Array(states).fill(-1);
    this.shorter = new Int32Array(states).fill(0);
    this.link(this.plant());
  }

  /** Gives each word where it stands, at each place the longest that ends there. */
  find(text: string, take: (start: number, end: number, word: Word<T>) => void): void {
    const { classes, next, ends, shorter, classCount, words } = this;
    if (words.length === 0) return;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = next[state * classCount + (code < CODES ? classes[code]! : 0)]!;
      for (let at = ends[state]! >= 0 ? state : shorter[state]!; at !== 0; at = shorter[at]!) {
        const word = words[ends[at]!]!;
        const start = i + 1 - word.text.length;
        if (!stands(text, start, i + 1, word.standing)) continue;
        take(start, i + 1, word);
        break;
      }
    }
  }

  private classOf(code: number): void {
    const other = code >= 65 && code <= 90 ? code + 32 : code >= 97 && code <= 122 ? code - 32 : code;
    if (code >= CODES || this.classes[code] !== 0) return;
    this.classes[code] = this.classes[other] = this.classCount++;
  }

  /** Makes the tree of the words. @returns how many states it has */
  private plant(): number {
    const { next, ends, classes, classCount } = this;
    let count = 1;
    for (const [index, { text }] of this.words.entries()) {
      let state = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        const place = state * classCount + (code < CODES ? classes[code]! : 0);
        if (next[place]! < 0) next[place] = count++;
        state = next[place]!;
      }
      if (ends[state]! < 0) ends[state] = index;
    }
    return count;
  }

  /** Leads each state on where its word does not go on: to the longest end of it that begins another word. */
  private link(count: number): void {
    const { next, ends, shorter, classCount } = this;
    const fail = new Int32Array(count);
    const queue = new Int32Array(count);
    let size = 0;
    for (let c = 0; c < classCount; c++) {
      const state = next[c]!;
      if (state > 0) queue[size++] = state;
      else next[c] = 0;
    }
    for (let at = 0; at < size; at++) {
      const state = queue[at]!;
      const back = fail[state]!;
      shorter[state] = ends[back]! >= 0 ? back : shorter[back]!;
      for (let c = 0; c < classCount; c++) {
        const place = state * classCount + c;
        const to = next[place]!;
        const other = next[back * classCount + c]!;
        if (to < 0) next[place] = other;
        else {
          fail[to] = other;
          queue[size++] = to;
        }
      }
    }
  }
}

/** Names are ASCII, or bytes as characters; others of their characters all count as one that no word has. */
const CODES = 0x2000;

const isAlphanumeric = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code >= 0x80;
const HYPHEN = 45;
const UNDERSCORE = 95;
const EQUALS = 61;
const isPart = (code: number) => isAlphanumeric(code) || code === HYPHEN || code === UNDERSCORE;

function stands(text: string, start: number, end: number, standing: Standing): boolean {
  if (standing === "anywhere") return true;
  const [before, after] = [text.charCodeAt(start - 1), text.charCodeAt(end)];
  const isEscaped = isAlphanumeric(before) && endsEscape(text, start);
  if (standing === "loose") return (!isAlphanumeric(before) || isEscaped) && !isAlphanumeric(after);
  return (!isPart(before) || isEscaped) && !isPart(after) && after !== EQUALS;
}
