import type { About } from "./peeler.js";

/** A line as it is shown, and where it, or the lines that it was joined from, lie in the original. */
export interface ShownLine {
  readonly text: string;
  /** Its line feed, if there is one. */
  readonly end: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly about: About["fields"];
}
