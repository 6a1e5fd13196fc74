import type { Match, MatchTable } from "../match.js";

/** So many matches are shown for a clock. */
const SHOWN = 3;

/** The tightest matches of a clock. */
export class Proof {
  private readonly best: { row: number; slack: number }[] = [];

  /** @param slack µs that the match leaves open */
  add(row: number, slack: number): void {
    const { best } = this;
    if (best.length === SHOWN && slack >= best[SHOWN - 1]!.slack && row !== best[SHOWN - 1]!.row) return;
    const known = best.find((one) => one.row === row);
    if (known) known.slack = Math.min(known.slack, slack);
    else best.push({ row, slack });
    best.sort((p, q) => p.slack - q.slack || p.row - q.row);
    best.length = Math.min(best.length, SHOWN);
  }

  matches(table: MatchTable): Match[] {
    return this.best.map(({ row }) => table.at(row));
  }
}
