import type { Pipe } from "./ast.js";
import type { Match, Report } from "./match.js";

/** More matches than this are not held back for a `tail`. */
const MAX_TAIL = 10_000;

/** `| head N` and `| tail N`: hands on the first or last N matches, tails at the end. */
export class PipeLine {
  private readonly stages: { name: Pipe["name"]; count: number; seen: number; held: Match[] }[];

  constructor(
    pipes: readonly Pipe[] | undefined,
    private readonly report: Report,
  ) {
    this.stages = (pipes ?? []).map(({ name, count }) => ({
      name,
      count: name === "tail" ? Math.min(count, MAX_TAIL) : count,
      seen: 0,
      held: [],
    }));
  }

  /** Bound, so that it can be given away as a `Report`. */
  push = (match: Match): void => this.from(0, match);

  end(): void {
    for (const [index, stage] of this.stages.entries()) {
      if (stage.name !== "tail") continue;
      const held = [...stage.held.slice(stage.seen), ...stage.held.slice(0, stage.seen)];
      stage.held = [];
      stage.seen = 0;
      for (const match of held) this.from(index + 1, match);
    }
  }

  private from(index: number, match: Match): void {
    const stage = this.stages[index];
    if (stage === undefined) this.report(match);
    else if (stage.name === "head") {
      stage.seen += 1;
      if (stage.seen <= stage.count) this.from(index + 1, match);
    } else if (stage.held.length < stage.count) stage.held.push(match);
    else if (stage.count > 0) {
      stage.held[stage.seen] = match;
      stage.seen = (stage.seen + 1) % stage.count;
    }
  }
}
