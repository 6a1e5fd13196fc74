import { type Candidate, extremes, highOf, lowOf } from "./agreement.js";
import { nameOf } from "./repeats.js";
import { type SharedKey, timeOf } from "./shared.js";

/** What is known of the two clocks of a pair. */
export interface PairContext {
  keys: readonly SharedKey[];
  /** The first and last time on each side for which the source tells anything; undefined: it has no stamps. */
  aSpan: readonly [number, number] | undefined;
  bSpan: readonly [number, number] | undefined;
  /** Both sides' stamps claim to be real times. */
  dated: boolean;
}

/** Sightings that are nearer than this are of one moment: what befell one of them may have befallen all. µs. */
export const MOMENT_US = 200_000;

/** Of names that may come again at any time, so many must agree, at so many moments, on an offset of no more than so many times their span. */
const RHYTHM = { names: 4, moments: 4, spans: 2 };

/**
 * Of candidates that agree: those that are proven to be of the same sendings, and not of different ones.
 *
 * A key that each source saw once may still have been sent twice, one source having missed the first sending, the other the
 * second. By chance that befalls one key, not several at the same distance. But it befalls all keys at once where one
 * source ends before the other begins: then all first sendings lie before the end of the one, and all second ones after
 * the beginning of the other, so that the first ones lie within the time after which a key is sent again. So what proves an offset is
 * one key that nothing else can have; or two names with keys that are sent once only; or two whose keys are not sent again at such a
 * distance; or a rhythm.
 *
 * @returns none if nothing is proven; those whose keys may come again at any time only where the others leave no room for that
 */
export function provenOf(agreed: readonly Candidate[], context: PairContext): readonly Candidate[] {
  const { keys } = context;
  if (isRhythm(agreed, context)) return agreed;
  const identified = agreed.filter(({ key }) => Number.isFinite(keys[key]!.identity.again));
  if (!identified.some(({ key }) => keys[key]!.identity.isUnique)) {
    if (namesOf(identified, context) < 2) return [];
    const sentOnce = identified.filter(({ key }) => keys[key]!.identity.again === 0);
    if (namesOf(sentOnce, context) < 2 && !isOutlasting(identified, context)) return [];
  }
  // Between bounds on both sides there is hardly room for another sending; beyond one on one side there is all the room.
  return Number.isFinite(leastOffset(identified)) ? agreed : identified;
}

/** Of how many different names candidates are. */
function namesOf(candidates: readonly Candidate[], { keys }: PairContext): number {
  return new Set(candidates.map(({ key }) => nameOf(keys[key]!.key))).size;
}

/**
 * Keys that are sent again soon: their first sightings lie farther apart than that, or two lie so far inside a source that it would
 * have shown another sending.
 */
function isOutlasting(agreed: readonly Candidate[], { keys, aSpan, bSpan }: PairContext): boolean {
  const firsts: number[] = [];
  const covered: number[] = [];
  let longest = 0;
  for (const [key, candidates] of byKey(agreed)) {
    const { again } = keys[key]!.identity;
    longest = Math.max(longest, again);
    const as = extremes(candidates.map(({ a }) => timeOf(a)));
    const bs = extremes(candidates.map(({ b }) => timeOf(b)));
    const first = aSpan ? as[0] : bs[0];
    firsts.push(first);
    if (isInside(as, aSpan, again) || isInside(bs, bSpan, again)) covered.push(first);
  }
  const [least, most] = extremes(firsts);
  return most - least > Math.max(longest, MOMENT_US) || momentsOf(covered).length >= 2;
}

function isInside(
  [first, last]: readonly [number, number],
  span: readonly [number, number] | undefined,
  margin: number,
): boolean {
  return span !== undefined && first - margin >= span[0] && last + margin <= span[1];
}

/**
 * Many different names in one rhythm, by stamps that are not far apart: the same may have happened twice in the same rhythm, as jobs
 * do, but the second time was later by more than the whole of it lasts, and the clocks would have to hide that.
 */
function isRhythm(agreed: readonly Candidate[], { keys, aSpan, bSpan, dated }: PairContext): boolean {
  if (!dated || !aSpan || !bSpan) return false;
  const names = new Map<string, Candidate[]>();
  for (const candidate of agreed) {
    const name = nameOf(keys[candidate.key]!.key);
    const list = names.get(name);
    if (list) list.push(candidate);
    else names.set(name, [candidate]);
  }
  const bounded = [...names.values()].filter((candidates) => Number.isFinite(leastOffset(candidates)));
  if (bounded.length < RHYTHM.names) return false;
  const moments = momentsOf(bounded.flat().map(({ a }) => timeOf(a)));
  return (
    moments.length >= RHYTHM.moments && leastOffset(agreed) <= RHYTHM.spans * (moments.at(-1)! - moments[0]!)
  );
}

function byKey(candidates: readonly Candidate[]): Map<number, Candidate[]> {
  const keys = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const list = keys.get(candidate.key);
    if (list) list.push(candidate);
    else keys.set(candidate.key, [candidate]);
  }
  return keys;
}

/** The moments that times amount to, ascending: each is so much later than the one before. What goes on without a pause is several. */
export function momentsOf(times: number[]): number[] {
  times.sort((x, y) => x - y);
  let last = Number.NEGATIVE_INFINITY;
  return times.filter((time) => {
    if (!(time - last > MOMENT_US)) return false;
    last = time;
    return true;
  });
}

/** The offset of least size that candidates allow, µs; infinite where they bound it on one side only, which shows no agreement. */
function leastOffset(agreed: readonly Candidate[]): number {
  const [, low] = extremes(agreed.map(lowOf));
  const [high] = extremes(agreed.map(highOf));
  if (!Number.isFinite(low) || !Number.isFinite(high)) return Number.POSITIVE_INFINITY;
  return low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
}
