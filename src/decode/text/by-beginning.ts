import { BEGINNING } from "../../grammar/beginning.js";
import type { Shape } from "../../grammar/types.js";
import { type Claimer, hasBeginning } from "./claim.js";

/** A format that may claim a line, and its shapes that may match. */
interface Able {
  readonly claimer: Claimer;
  readonly shapes: Shape[];
}

/** So many beginnings are remembered. */
const MOST = 1024;

/**
 * Which formats have records that begin like a line. The lines of a source begin alike: what was found for a beginning is remembered, so that
 * hardly any format is asked for a line that it cannot claim.
 */
export class ByBeginning {
  private readonly all: readonly Able[];
  private readonly known = new Map<string, readonly Able[]>();

  constructor(claimers: readonly Claimer[]) {
    this.all = claimers.map((claimer) => ({ claimer, shapes: [...claimer.grammar.shapes] }));
  }

  /** Those that may claim a record whose first line this is, in their order. */
  of(line: string): readonly Able[] {
    // A short line's record may go on with the next.
    if (line.length < BEGINNING) return this.all;
    const beginning = line.slice(0, BEGINNING);
    let able = this.known.get(beginning);
    if (!able) {
      able = this.all
        .map(({ claimer, shapes }) => ({
          claimer,
          shapes: shapes.filter((shape) => hasBeginning(shape, beginning)),
        }))
        .filter(({ shapes }) => shapes.length > 0);
      if (this.known.size >= MOST) this.known.clear();
      this.known.set(beginning, able);
    }
    return able;
  }
}
