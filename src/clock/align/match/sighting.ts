import type { RecordRef } from "../../../model/event.js";
import type { Clue } from "../clue.js";

/** One source's sight of a happening: its window of that source's clock, and the record. */
export interface Sighting {
  lo: number;
  hi: number;
  record: RecordRef;
}

/** Copies of one packet on several interfaces of a host, or one line in two logs that are in one file, lie within this. */
export const COPIES_US = 10_000;

/**
 * The sightings that a source's clues of one key amount to, in the order of time. Those that lie within each other or side by
 * side become one, with the window around all of them: whichever of them another source saw, it lies in there, so nothing is guessed.
 *
 * @param apart so far from each other (µs; for unstamped sources lines) they are still one
 */
export function sightingsOf(clues: readonly Clue[], apart: number): Sighting[] {
  if (clues.length === 1) return [clues[0]!];
  const sorted = [...clues].sort((x, y) => compare(x.lo, y.lo) || compare(x.hi, y.hi));
  const sightings: Sighting[] = [];
  for (const { lo, hi, record } of sorted) {
    const last = sightings.at(-1);
    if (last && isBeside(last, lo, hi, apart)) last.hi = Math.max(last.hi, hi);
    else sightings.push({ lo, hi, record });
  }
  return sightings;
}

/** `last` begins no later. Windows that are open on one side all overlap: their closed ends are what counts. */
function isBeside(last: Sighting, lo: number, hi: number, apart: number): boolean {
  if (last.lo === Number.NEGATIVE_INFINITY) return lo === Number.NEGATIVE_INFINITY && hi - last.hi <= apart;
  if (last.hi === Number.POSITIVE_INFINITY || hi === Number.POSITIVE_INFINITY)
    return last.hi === hi && lo - last.lo <= apart;
  return lo - last.hi <= apart;
}

/** Infinities compare like numbers. */
function compare(x: number, y: number): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
