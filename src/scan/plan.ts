import { type GramCosts, gramAt, SLOTS, slotOf, weightOf } from "./grams.js";
import { Trie } from "./trie.js";

/** Every place of a literal of so many bytes or more has four grams in a row, one of them on an offset divisible by four. */
const LONG = 7;
/** Shorter ones down to this length have grams in most places; where one is cut, any byte stands for what is missing. */
const MIDDLE = 5;

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
  /** Not 0 where a gram is awaited. */
  readonly table = new Uint8Array(SLOTS);
  /** Where the gram's bucket begins in `buckets`. */
  readonly bucketOf = new Int32Array(SLOTS);
  /** Each bucket: how many, then from the gram back to where a literal may begin, in bytes. */
  buckets = new Int16Array(0);
  readonly pairs: readonly Pair[];
  readonly trie: Trie;
  /** Are there literals that the table stands for? */
  readonly hasGrams: boolean;
  /** As many numbers as `buckets` can ever hold. */
  readonly mostBuckets: number;
  private readonly grammed: Buffer[];

  /** @param literals texts of one char per byte; the empty ones are ignored */
  constructor(literals: readonly string[]) {
    const all = [...new Set(literals)]
      .filter((text) => text !== "")
      .map((text) => Buffer.from(text, "latin1"));
    this.trie = new Trie(all);
    this.grammed = all.filter(({ length }) => length >= MIDDLE);
    this.hasGrams = this.grammed.length > 0;
    this.mostBuckets = this.grammed.reduce((sum, { length }) => sum + 2 * (4 + (length < LONG ? 512 : 0)), 0);
    this.pairs = distinct(all.filter(({ length }) => length < MIDDLE).map(pairOf));
  }

  /** Chooses what is looked for, given what is common in the source. */
  choose(costs: GramCosts): void {
    const entries = new Map<number, number[]>();
    const enter = (gram: number, distance: number) => {
      const slot = slotOf(gram);
      const distances = entries.get(slot);
      if (!distances) entries.set(slot, [distance]);
      else if (!distances.includes(distance)) distances.push(distance);
    };
    for (const literal of this.grammed) {
      const start = literal.length < LONG ? 0 : cheapestWindow(literal, costs);
      const whole = Math.min(4, literal.length - 3);
      for (let at = start; at < start + whole; at++) enter(gramAt(literal, at), at);
      if (whole < 4) enterCut(literal, 4 - whole, costs, enter);
    }
    this.fill(entries);
  }

  private fill(entries: ReadonlyMap<number, number[]>): void {
    this.table.fill(0);
    const places = new Map<string, number>();
    const buckets: number[] = [];
    for (const [slot, distances] of entries) {
      const key = distances.join(" ");
      let place = places.get(key);
      if (place === undefined) {
        place = buckets.length;
        places.set(key, place);
        buckets.push(distances.length, ...distances);
      }
      this.table[slot] = 1;
      this.bucketOf[slot] = place;
    }
    this.buckets = Int16Array.from(buckets);
  }
}

/** Offset of the seven bytes whose four grams are met least often together. */
function cheapestWindow(literal: Buffer, costs: GramCosts): number {
  const each: number[] = [];
  for (let at = 0; at + 4 <= literal.length; at++) each.push(costs.of(gramAt(literal, at)));
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + 4 <= each.length; at++) {
    const sum = each[at]! + each[at + 1]! + each[at + 2]! + each[at + 3]!;
    if (sum < least) [best, least] = [at, sum];
  }
  return best;
}

/**
 * Enters grams that stand for a literal of five or six bytes where no four of its own are met: any byte and its first three, or its last
 * three and any byte.
 * @param count both (2), or the cheaper of them (1)
 */
function enterCut(
  literal: Buffer,
  count: number,
  costs: GramCosts,
  enter: (gram: number, distance: number) => void,
): void {
  const last = literal.length - 3;
  const ways = [
    { known: (literal[0]! << 8) | (literal[1]! << 16) | (literal[2]! << 24), shift: 0, distance: -1 },
    {
      known: literal[last]! | (literal[last + 1]! << 8) | (literal[last + 2]! << 16),
      shift: 24,
      distance: last,
    },
  ].map((way) => ({
    ...way,
    grams: Array.from({ length: 256 }, (_, any) => way.known | (any << way.shift)),
  }));
  const costOf = ({ grams }: { grams: number[] }) => grams.reduce((sum, gram) => sum + costs.of(gram), 0);
  if (count === 1) ways.sort((a, b) => costOf(a) - costOf(b));
  for (const { grams, distance } of ways.slice(0, count)) for (const gram of grams) enter(gram, distance);
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
