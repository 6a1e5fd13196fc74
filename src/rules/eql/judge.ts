import type { Coverage } from "../coverage.js";
import { windowStart } from "./ends.js";
import type { Report } from "./match.js";
import type { Pending } from "./pending.js";
import type { Plan } from "./plan.js";

/** Sequences kept until everything is read; of more, the oldest are judged by what is known until then. */
const MAX_OPEN = 10_000;

/** An absence that the evidence does not prove: of which kind of event, and when (µs). */
interface Unproven {
  kind: string;
  from: number;
  to: number;
}

/**
 * Says of sequences in whose gaps no forbidden event was seen whether the evidence would have shown it.
 *
 * While the timeline is read, a source is known only as far as it has come, and it may tell of what it lost after the loss. So they are
 * judged at the end, when the whole of each source is known.
 */
export class Judge {
  private open: Pending[] = [];
  /** Index of the oldest in `open`. */
  private first = 0;

  constructor(
    private readonly plan: Plan,
    private readonly coverage: Coverage,
  ) {}

  judge(sequence: Pending, report: Report): void {
    const { events, key } = sequence;
    if (!sequence.sure) report({ events, outcome: "cannot tell", because: "order", key });
    else if (this.plan.gaps.length === 0) report({ events, outcome: "found", key });
    else {
      this.open.push(sequence);
      if (this.open.length - this.first > MAX_OPEN) this.decideOldest(report);
    }
  }

  /** Everything has been read. */
  end(report: Report): void {
    while (this.first < this.open.length) this.decideOldest(report);
  }

  private decideOldest(report: Report): void {
    const sequence = this.open[this.first]!;
    const { events, key } = sequence;
    this.first++;
    if (this.first * 2 > this.open.length) {
      this.open = this.open.slice(this.first);
      this.first = 0;
    }
    const unproven = this.unproven(sequence);
    if (unproven === undefined) {
      report({ events, outcome: "found", key });
      return;
    }
    const gap = this.coverage.gap?.(unproven.kind, unproven.from, unproven.to);
    report({ events, outcome: "cannot tell", because: "coverage", ...(gap !== undefined && { gap }), key });
  }

  /** The first absence that is not proven. */
  private unproven(sequence: Pending): Unproven | undefined {
    const { gaps, states, maxspan, leads, trails } = this.plan;
    const { events } = sequence;
    const start = windowStart(sequence, this.plan, (from, to) => this.uncovered(0, from, to) === undefined);
    const end = leads && trails ? start + maxspan : events[0]!.latest + maxspan;
    for (const after of new Set(gaps.map((gap) => gap.after))) {
      const from = after === 0 ? start : events[after - 1]!.time;
      const to = after === states.length ? end : events[after]!.latest;
      const kind = this.uncovered(after, from, to);
      if (kind !== undefined) return { kind, from, to };
    }
    return undefined;
  }

  /** A kind of event that a gap forbids, and that would not have been seen there. */
  private uncovered(after: number, from: number, to: number): string | undefined {
    return this.plan.gaps
      .filter((gap) => gap.after === after)
      .flatMap(({ kinds }) => kinds)
      .find((kind) => !this.coverage.covers(kind, from, to));
  }
}
