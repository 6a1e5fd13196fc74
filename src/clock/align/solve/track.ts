import type { MatchTable } from "../match.js";
import { orderOf } from "./order.js";
import type { Pair } from "./pairs.js";
import { RATE } from "./rate.js";

/**
 * What the matches of two clocks say of D = c(b) - c(a), in the order of one of the two clocks. D is a function of that clock's stamps
 * which changes by at most RATE: at stamp `at[i]` it is at least `low[i]` and at most `high[i]` (infinite where nothing is said).
 *
 * A happening in [aLo, aHi] of the one and [bLo, bHi] of the other says two things, each of one moment: when the one shows aLo, the other
 * shows bHi at most; when it shows aHi, the other shows bLo at least. So D >= aLo - bHi at aLo, and D <= aHi - bLo at aHi.
 * Both are moved to the lower end, at the price of what can be gained or lost within the window.
 */
export interface Track {
  /** Rows of the table. */
  rows: Uint32Array;
  /** µs after the first. */
  at: Float64Array;
  /** µs, from `base` on. */
  low: Float64Array;
  high: Float64Array;
  /** The same happenings in the order's other clock, µs: to tell moments apart. */
  other: Float64Array;
  /** A value of D that is near the others: differences to it are small, so that nothing is lost by rounding. */
  base: number;
}

/** @param byB in the order of clock b, not of a: where a was set back, its stamps come twice */
export function trackOf({ rows }: Pair, matches: MatchTable, byB: boolean): Track {
  const { aLo, aHi, bLo, bHi } = matches;
  const [ownLo, ownHi, otherLo, otherHi] = byB ? [bLo, bHi, aLo, aHi] : [aLo, aHi, bLo, bHi];
  const stamps = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) stamps[i] = finiteEnd(ownLo[rows[i]!]!, ownHi[rows[i]!]!);
  const order = orderOf(stamps, (i, j) => {
    const [x, y] = [rows[i]!, rows[j]!];
    return aLo[x]! - bHi[x]! - (aLo[y]! - bHi[y]!) || aHi[x]! - bLo[x]! - (aHi[y]! - bLo[y]!) || x - y;
  });
  const count = rows.length;
  const track: Track = {
    rows: new Uint32Array(count),
    at: new Float64Array(count),
    low: new Float64Array(count),
    high: new Float64Array(count),
    other: new Float64Array(count),
    base: 0,
  };
  for (let i = 0; i < count; i++) {
    const row = rows[order[i]!]!;
    const low = aLo[row]! - bHi[row]!;
    const high = aHi[row]! - bLo[row]!;
    if (i === 0) track.base = finiteEnd(low, high);
    const at = stamps[order[i]!]!;
    const stretch = RATE * (ownHi[row]! - at);
    track.rows[i] = row;
    track.at[i] = at - stamps[order[0]!]!;
    // Seen from b, it is the lower bound that holds at the window's end.
    track.low[i] = low - track.base - (byB && low > Number.NEGATIVE_INFINITY ? stretch : 0);
    track.high[i] = high - track.base + (!byB && high < Number.POSITIVE_INFINITY ? stretch : 0);
    track.other[i] = finiteEnd(otherLo[row]!, otherHi[row]!);
  }
  return track;
}

/** The lower end of a window, or the upper where that is open. */
const finiteEnd = (lo: number, hi: number): number => (Number.isFinite(lo) ? lo : hi);
