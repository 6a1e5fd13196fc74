import type { Track } from "./track.js";

/**
 * What happens within 10 ms is one moment, and counts once: a name's A and AAAA questions, or the copies of a packet, are right
 * or wrong together,
 * so they do not support each other.
 */
export const MOMENT_US = 10_000;

/** Those that agree must be so many times as many moments as those that contradict them; else nobody can tell which are right. */
export const MAJORITY = 4;

/** How many moments matches are of. @param indexes places in the track, ascending */
export function momentsOf({ at, other }: Track, indexes: ArrayLike<number>): number {
  let moments = 0;
  let [lastAt, lastOther] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let n = 0; n < indexes.length; n++) {
    const i = indexes[n]!;
    if (at[i]! - lastAt <= MOMENT_US && Math.abs(other[i]! - lastOther) <= MOMENT_US) continue;
    moments++;
    lastAt = at[i]!;
    lastOther = other[i]!;
  }
  return moments;
}
