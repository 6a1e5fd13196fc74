import type { Range } from "./split.js";
import type { Step } from "./steps.js";

/** A stretch of a clock's own stamps in which nobody can tell whether it had been stepped yet. */
export interface Zone {
  /** The first stamp in it, and the first behind it, µs; equal when it is empty. */
  from: number;
  to: number;
}

/** Clocks cut where they were stepped: each piece is solved as a clock of its own. */
export class Pieces {
  /** How many there are in all. */
  readonly count: number;
  private readonly first = new Map<number, number>();
  private readonly steps = new Map<number, Step[]>();

  /** @param steps those of these clocks */
  constructor(clocks: readonly number[], steps: readonly Step[]) {
    for (const clock of clocks) this.steps.set(clock, []);
    for (const step of steps) this.steps.get(step.clock)!.push(step);
    let count = 0;
    for (const [clock, own] of this.steps) {
      own.sort((p, q) => p.after + p.before - (q.after + q.before));
      this.first.set(clock, count);
      count += own.length + 1;
    }
    this.count = count;
  }

  /** The pieces of a clock. */
  of(clock: number): number[] {
    const from = this.first.get(clock)!;
    return Array.from({ length: this.steps.get(clock)!.length + 1 }, (_, i) => from + i);
  }

  /** What lies between a clock's pieces, in their order. */
  between(clock: number): { zone: Zone; by: Range }[] {
    return this.steps.get(clock)!.map((step) => ({ zone: zoneOf(step), by: step.by }));
  }

  /**
   * The piece that a stamp is of.
   * @param agreement the agreement and the stretch in which it stands: they tell where the stamp alone does not
   * @returns undefined where nobody can tell
   */
  at(clock: number, stamp: number, agreement: number, stretch: number): number | undefined {
    let piece = this.first.get(clock)!;
    for (const step of this.steps.get(clock)!) {
      const seen = step.seen.find((one) => one.agreement === agreement);
      const zone = zoneOf(step);
      if (seen ? stretch <= seen.stretch : stamp < zone.from) return piece;
      if (!seen && stamp < zone.to) return undefined;
      piece++;
    }
    return piece;
  }
}

/**
 * Where stamps of before and of after the step can lie: a step right after the last stamp that is known to be old would give that
 * one and its change; one right
 * before the first that is known to be new, that one less the change. A clock that was set back shows some stamps twice.
 */
const zoneOf = ({ after, before, by }: Step): Zone => ({
  from: Math.min(after + 1, before, Math.floor(after + by.min)),
  to: Math.max(before, Math.ceil(before - by.min) + 1),
});
