import { RATE } from "./rate.js";
import type { Track } from "./track.js";

/** So many lower and so many upper bounds are kept of a pair of clocks, one for each stretch of its time. */
const KEPT = 64;

/**
 * The matches whose bounds matter: those that say more than their neighbours say at their place, given that clocks do not
 * drift faster than RATE, and of these the tightest in each of 64 stretches. Leaving out a bound makes the result wider at most,
 * never wrong.
 * (With exact stamps these are the hulls of Duda, Harrus, Haddad and Bernard, "Estimating global time in distributed systems", ICDCS
 * 1987, in which two clocks' messages lie.)
 *
 * @param kept places in the track, ascending
 * @returns places of the matches whose lower, and whose upper bounds are needed
 */
export function envelopeOf(
  { at, low, high }: Track,
  kept: Uint32Array,
): { lows: ArrayLike<number>; highs: ArrayLike<number> } {
  if (kept.length <= KEPT) return { lows: kept, highs: kept };
  return { lows: tightest(at, low, kept, 1), highs: tightest(at, high, kept, -1) };
}

/** @param sign -1: values are upper bounds, whose negatives are lower ones */
function tightest(at: Float64Array, bound: Float64Array, kept: Uint32Array, sign: 1 | -1): ArrayLike<number> {
  const tightness = (i: number) => sign * bound[i]!;
  const dominated = new Uint8Array(kept.length);
  let most = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < kept.length; n++) {
    const reach = tightness(kept[n]!) + RATE * at[kept[n]!]!;
    if (reach > most) most = reach;
    else dominated[n] = 1;
  }
  most = Number.NEGATIVE_INFINITY;
  for (let n = kept.length - 1; n >= 0; n--) {
    const reach = tightness(kept[n]!) - RATE * at[kept[n]!]!;
    if (reach < most) dominated[n] = 1;
    else most = reach;
  }
  const telling = kept.filter((_, n) => dominated[n] === 0);
  if (telling.length <= KEPT) return telling;
  const chosen: number[] = [];
  for (let stretch = 0; stretch < KEPT; stretch++) {
    const from = Math.floor((stretch * telling.length) / KEPT);
    const to = Math.floor(((stretch + 1) * telling.length) / KEPT);
    let best = telling[from]!;
    for (let n = from + 1; n < to; n++) if (tightness(telling[n]!) > tightness(best)) best = telling[n]!;
    chosen.push(best);
  }
  return chosen;
}
