import type { ClueKind, LookedAt } from "../../clock/align/clue.js";
import type { Lapse } from "../../clock/align/solution.js";
import type { Surveyed } from "../survey.js";

/** What is looked at as one source: a file, or the files of one trace, the first of which stands for them. */
export interface Looked {
  readonly members: readonly Surveyed[];
  readonly at: LookedAt;
  /** What it can tell of. */
  readonly kinds: readonly ClueKind[];
  /** Of an unstamped source, once it was looked at: waits that ran out, in the order of their lines. */
  readonly lapses: Lapse[];
  /** Was it read in parts, so that the lines of its records are not known? */
  inParts: boolean;
}

export const isCapture = ({ members: [first] }: Looked): boolean => first!.kind === "packets";

/** One reading of a source. */
export interface Reading {
  source: Looked;
  kinds: readonly ClueKind[];
  /** Bytes. */
  most: number;
}
