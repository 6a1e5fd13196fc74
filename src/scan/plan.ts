import { BUCKET_DISTANCES, GramTable } from "./gram-table.js";
import { type GramCosts, gramAt, weightOf } from "./grams.js";
import { Trie } from "./trie.js";

/** A literal of so many bytes has four grams in a row: wherever it stands, one of them lies on an offset divisible by four. */
const LONG = 7;
/** Down to so many, a gram that is cut off by the literal's end still has three of its bytes: any byte stands for the fourth. */
const MIDDLE = 5;

/** So many pairs are looked for one after the other; more take longer than a look at all the bytes. */
const MOST_PAIRS = 8;

/** How a literal of up to four bytes is looked for: by two of its bytes. */
export interface Pair {
  readonly first: number;
  readonly second: number;
  /** Bytes from the first to the second; 0 for literals of one byte. */
  readonly gap: number;
  /** Bytes from the literal's beginning to the first. */
  readonly distance: number;
}

/**
 * How many literals are found in one pass over the bytes, however many they are.
 *
 * Every fourth offset is probed: the four bytes that stand there, the gram, lead to a place in a table. For every literal so many of its
 * grams are entered that one of them is met wherever it stands: those of its cheapest seven bytes, the ones whose grams are rare in the
 * source. An entry says how far before it a literal may begin; the trie tells whether it does. Costs are learned from the source's
 * bytes, and the seven bytes chosen anew, whenever too much is looked at in vain.
 * (Filters over q-grams for many patterns: Wu and Manber, "A fast algorithm for multi-pattern searching", 1994.)
 */
export class Plan {
  readonly grams = new GramTable();
  readonly pairs: readonly Pair[];
  /** Where there are too many pairs: not 0 for the first two bytes of a short literal, the first the lower half of the number. */
  readonly twos: Uint8Array | undefined;
  readonly trie: Trie;
  /** Are there literals that the table stands for? */
  readonly hasGrams: boolean;
  /** The most numbers that `grams.buckets` can ever hold. */
  readonly mostBuckets: number;
  /** All of them, each once. */
  readonly literals: readonly Buffer[];
  private readonly grammed: readonly Buffer[];

  /** @param literals texts of one char per byte; the empty ones are ignored */
  constructor(literals: readonly string[]) {
    const all = [...new Set(literals)]
      .filter((text) => text !== "")
      .map((text) => Buffer.from(text, "latin1"));
    this.literals = all;
    this.trie = new Trie(all);
    this.grammed = all.filter(({ length }) => length >= MIDDLE);
    this.hasGrams = this.grammed.length > 0;
    const entries = this.grammed.reduce((sum, { length }) => sum + 4 + (length < LONG ? 2 * 256 : 0), 0);
    this.mostBuckets = entries * (BUCKET_DISTANCES + 1);
    const short = all.filter(({ length }) => length < MIDDLE);
    const pairs = distinct(short.map(pairOf));
    this.pairs = pairs.length > MOST_PAIRS ? [] : pairs;
    if (pairs.length > MOST_PAIRS) this.twos = twosOf(short);
  }

  /** Chooses what is looked for, given what is common in the source. */
  choose(costs: GramCosts): void {
    const { grams } = this;
    for (const literal of this.grammed) {
      const start = literal.length < LONG ? 0 : cheapestWindow(literal, costs);
      const whole = Math.min(4, literal.length - 3);
      for (let at = start; at < start + whole; at++) grams.enter(gramAt(literal, at), literal, at);
      if (whole < 4) this.enterCut(literal, 4 - whole, costs);
    }
    grams.pack();
  }

  /**
   * Enters grams that stand for a literal of five or six bytes where no four of its own are met: any byte and its first three, or its
   * last three and any byte.
   * @param count both (2), or the cheaper of them (1)
   */
  private enterCut(literal: Buffer, count: number, costs: GramCosts): void {
    const last = literal.length - 3;
    const head = (literal[0]! << 8) | (literal[1]! << 16) | (literal[2]! << 24);
    const tail = literal[last]! | (literal[last + 1]! << 8) | (literal[last + 2]! << 16);
    const [headCost, tailCost] = [costs.ofMany(head, 1), costs.ofMany(tail, 1 << 24)];
    if (count === 2 || headCost <= tailCost) this.grams.enterMany(head, 1, literal, -1);
    if (count === 2 || headCost > tailCost) this.grams.enterMany(tail, 1 << 24, literal, last);
  }
}

/**
 * Offset of the seven bytes whose four grams are met least often together. Asked of each literal at most starts: it is to be quick before
 * anything is compiled.
 */
function cheapestWindow(literal: Buffer, costs: GramCosts): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let gram = gramAt(literal, 0);
  let a = 0;
  let b = 0;
  let c = 0;
  for (let at = 0; at + 4 <= literal.length; at++) {
    if (at > 0) gram = (gram >>> 8) | (literal[at + 3]! << 24);
    const d = costs.of(gram);
    const sum = a + b + c + d;
    if (at >= LONG - 4 && sum < least) {
      best = at - LONG + 4;
      least = sum;
    }
    a = b;
    b = c;
    c = d;
  }
  return best;
}

/** The two bytes of a short literal that are rarest in logs. */
function pairOf(literal: Buffer): Pair {
  const rarest = [...literal.keys()].sort((a, b) => weightOf(literal[a]!) - weightOf(literal[b]!) || a - b);
  const [distance = 0, other = distance] = rarest.slice(0, 2).sort((a, b) => a - b);
  return { first: literal[distance]!, second: literal[other]!, gap: other - distance, distance };
}

function distinct(pairs: readonly Pair[]): Pair[] {
  return [...new Map(pairs.map((pair) => [Object.values(pair).join(), pair])).values()];
}

function twosOf(short: readonly Buffer[]): Uint8Array {
  const twos = new Uint8Array(1 << 16);
  for (const [first, second] of short) {
    if (second !== undefined) twos[first! | (second << 8)] = 1;
    else for (let any = 0; any < 256; any++) twos[first! | (any << 8)] = 1;
  }
  return twos;
}
