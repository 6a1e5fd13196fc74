import type { Coverage } from "../coverage.js";
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
    const { events, key } = this.open[this.first]!;
    this.first++;
    if (this.first * 2 > this.open.length) {
      this.open = this.open.slice(this.first);
      this.first = 0;
    }
    const unproven = this.unproven(events);
    if (unproven === undefined) {
      report({ events, outcome: "found", key });
      return;
    }
    const gap = this.coverage.gap?.(unproven.kind, unproven.from, unproven.to);
    report({ events, outcome: "cannot tell", because: "coverage", ...(gap !== undefined && { gap }), key });
  }

  /** The first absence that is not proven. */
  private unproven(events: Pending["events"]): Unproven | undefined {
    const { gaps, states, maxspan } = this.plan;
    const first = events[0]!;
    const last = events.at(-1)!;
    for (const gap of gaps) {
      const from = gap.after === 0 ? last.time - maxspan : events[gap.after - 1]!.time;
      const to = gap.after === states.length ? first.latest + maxspan : events[gap.after]!.latest;
      const kind = gap.kinds.find((each) => !this.coverage.covers(each, from, to));
      if (kind !== undefined) return { kind, from, to };
    }
    return undefined;
  }
}
