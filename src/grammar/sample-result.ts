import type { Fields } from "../model/event.js";
import type { GrammarProblem } from "./problem.js";

/** What running one sample of a grammar gave. */
export interface SampleResult {
  file: string;
  /** 1-based. */
  line: number;
  grammar: string;
  /** The record, as text. */
  text: string;
  ok: boolean;
  /** The event that matched. */
  event?: string;
  fields?: Fields;
  /** Why it failed. */
  problem?: GrammarProblem;
}
