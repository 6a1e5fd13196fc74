import type { Pipe } from "./ast.js";
import { carrierFor } from "./carrier.js";
import { compileCondition } from "./compile.js";
import type { Match, Report } from "./match.js";
import { head, type Stage, sorted, tail, unique, uniqueCount } from "./stages.js";
import { counted } from "./tally.js";

/** Pipes, in their order, before a report. Matches that could not be told from none pass all of them by. */
export class PipeLine {
  private readonly stages: Stage[] = [];
  private readonly first: Report;

  constructor(
    pipes: readonly Pipe[] | undefined,
    private readonly report: Report,
  ) {
    let next = report;
    for (const pipe of [...(pipes ?? [])].reverse()) {
      const stage = stageOf(pipe, next);
      this.stages.unshift(stage);
      next = (match) => stage.push(match);
    }
    this.first = next;
  }

  /** Bound, so that it can be given away as a `Report`. */
  push = (match: Match): void => {
    if (match.outcome === "found") this.first(match);
    else this.report(match);
  };

  end(): void {
    for (const stage of this.stages) stage.end?.();
  }

  notes(): string[] {
    return this.stages.flatMap((stage) => stage.notes?.() ?? []);
  }
}

function stageOf(pipe: Pipe, next: Report): Stage {
  switch (pipe.name) {
    case "head":
      return head(pipe.count, next);
    case "tail":
      return tail(pipe.count, next);
    case "filter": {
      const carry = carrierFor([pipe.where]);
      const holds = compileCondition(pipe.where);
      return { push: (match) => holds(carry(match)) === true && next(match) };
    }
    case "unique":
      return unique(pipe.by, next);
    case "unique_count":
      return uniqueCount(pipe.by, next);
    case "count":
      return counted(pipe.by, next);
    case "sort":
      return sorted(pipe.by, next);
  }
}
