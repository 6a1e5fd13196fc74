import type { StampSample } from "./observed.js";
import { type Completion, SourceClock } from "./source-clock.js";
import { isAbsolute, readStamp } from "./stamps.js";

/** A line is stamped by who takes it within this of the stamp that it was written with, µs; whole seconds included. */
const TAKEN_WITHIN_US = 2_000_000;

/**
 * Are the stamps inside a source's records of another clock than its own, or much older? A log that another host collected has the
 * times when the lines arrived there around those when they were written.
 *
 * @param samples a source's records as they were stamped, in the order of its file
 */
export function isInnerApart(samples: readonly StampSample[], completion: Completion): boolean {
  // Most sources have none; reading hundreds of stamps to learn that costs more than the question is worth.
  if (!samples.some(({ inner }) => inner && isAbsolute(inner.kind))) return false;
  const clock = new SourceClock(completion);
  const apart: number[] = [];
  for (const { line, outer, inner } of samples) {
    if (outer.kind === "none") continue;
    clock.stamp(outer.kind, outer.text, line);
    if (!inner || !isAbsolute(inner.kind)) continue;
    const distance = Math.abs(clock.us - readStamp(inner.kind, inner.text).us);
    if (!Number.isNaN(distance)) apart.push(distance);
  }
  apart.sort((a, b) => a - b);
  return (apart[apart.length >> 1] ?? 0) > TAKEN_WITHIN_US;
}
