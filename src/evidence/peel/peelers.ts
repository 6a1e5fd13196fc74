import { codeSpans } from "./code-spans.js";
import { commenting } from "./commenting.js";
import { encodedTwice } from "./encoded-twice.js";
import { escapes } from "./escapes.js";
import { fileNames, numberedNames } from "./file-names.js";
import { numbering } from "./numbering.js";
import { padding } from "./padding.js";
import type { Peeler } from "./peeler.js";
import { quoting } from "./quoting.js";
import { session } from "./session.js";
import { typography } from "./typography.js";

/** All peelers, what was put on last first. */
export const PEELERS: readonly Peeler[] = [
  padding,
  encodedTwice,
  escapes,
  typography,
  quoting,
  commenting,
  codeSpans,
  numberedNames,
  fileNames,
  numbering,
  session,
];

/** How a text's lines become those that its programs wrote. Plain data. */
export interface Peel {
  /** Names of peelers, in the order in which they are used. */
  readonly layers: readonly string[];
  /** Lines were broken at this column. */
  readonly width?: number;
}

export const peelerNamed = (name: string): Peeler => PEELERS.find((peeler) => peeler.name === name)!;
