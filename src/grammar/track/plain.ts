import { ByteSet } from "../bytes.js";
import type { Step, Track } from "./step.js";

type Run = Step & { kind: "run" };

/**
 * The same track with all runs such that taking as many bytes as there are is right: none of its bytes can begin what follows.
 * @returns `undefined` when some run must know more than the next byte
 */
export function plainly(track: Track): Track | undefined {
  const steps: Step[] = [];
  for (let i = 0; i < track.length; i++) {
    const step = track[i]!;
    if (step.kind !== "run" || step.min === step.max) {
      steps.push(step);
      continue;
    }
    if (!firstOf(track, i + 1).overlaps(step.set)) {
      steps.push(step);
      continue;
    }
    const merged = withLast(step, track[i + 1]);
    if (!merged || firstOf(track, i + 2).overlaps(step.set)) return undefined;
    steps.push(merged);
    i++;
  }
  return steps;
}

/** A run and one byte of a part of its set: a longer run that ends with such a byte. */
function withLast({ set, min, max }: Run, next: Step | undefined): Run | undefined {
  if (next?.kind !== "run" || next.min !== 1 || next.max !== 1 || next.last) return undefined;
  if (max !== Number.POSITIVE_INFINITY || !next.set.minus(set).isEmpty()) return undefined;
  return { kind: "run", set, min: min + 1, max, last: next.set };
}

/** Bytes that may stand first in what the steps from one on read; where they may read nothing, none are the end's. */
function firstOf(track: Track, from: number): ByteSet {
  let first = ByteSet.EMPTY;
  for (let i = from; i < track.length; i++) {
    const step = track[i]!;
    if (step.kind === "bytes") return first.union(ByteSet.of(step.bytes[0]!));
    if (step.kind !== "run") continue;
    first = first.union(step.set);
    if (step.min > 0) return first;
  }
  return first;
}
