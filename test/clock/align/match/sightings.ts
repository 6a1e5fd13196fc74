import type { Clue } from "../../../../src/clock/align/clue.js";
import type { Sighting } from "../../../../src/clock/align/match/sighting.js";

const SECOND = 1_000_000;

/** A clue with its window in seconds. */
export function clue(source: number, key: string, lo: number, hi = lo): Clue {
  return {
    source,
    key,
    lo: lo * SECOND,
    hi: hi * SECOND,
    record: { source, line: Math.abs(Math.trunc(Number.isFinite(lo) ? lo : hi)) + 1, offset: 0, length: 1 },
  };
}

/** A sighting with its window in seconds. */
export const sighting = (lo: number, hi = lo): Sighting => {
  const { record } = clue(0, "", lo, hi);
  return { lo: lo * SECOND, hi: hi * SECOND, record };
};
