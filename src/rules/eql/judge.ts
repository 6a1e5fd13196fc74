import type { Coverage } from "../coverage.js";
import type { Report } from "./match.js";
import type { Pending } from "./pending.js";
import type { Plan } from "./plan.js";

/** Sequences kept to be judged again; more are told as undecided at once. */
const MAX_OPEN = 10_000;

/**
 * Says of sequences in whose gaps no forbidden event was seen whether the evidence would have shown it.
 *
 * While the timeline is read, a source is known only as far as it has come. What is not proven then is asked again at the
 * end, when the whole of each source is known.
 */
export class Judge {
  private open: Pending[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly coverage: Coverage,
  ) {}

  judge(sequence: Pending, report: Report): void {
    const { events, key } = sequence;
    if (!sequence.sure) report({ events, outcome: "cannot tell", because: "order", key });
    else if (this.proven(sequence)) report({ events, outcome: "found", key });
    else if (this.open.length < MAX_OPEN) this.open.push(sequence);
    else report({ events, outcome: "cannot tell", because: "coverage", key });
  }

  /** Everything has been read. */
  end(report: Report): void {
    const open = this.open;
    this.open = [];
    for (const sequence of open) {
      const { events, key } = sequence;
      if (this.proven(sequence)) report({ events, outcome: "found", key });
      else report({ events, outcome: "cannot tell", because: "coverage", key });
    }
  }

  private proven({ events }: Pending): boolean {
    const { gaps, states, maxspan } = this.plan;
    const first = events[0]!;
    const last = events.at(-1)!;
    return gaps.every((gap) => {
      const from = gap.after === 0 ? last.time - maxspan : events[gap.after - 1]!.time;
      const to = gap.after === states.length ? first.latest + maxspan : events[gap.after]!.latest;
      return gap.kinds.every((kind) => this.coverage.covers(kind, from, to));
    });
  }
}
