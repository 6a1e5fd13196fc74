import type { FieldValue } from "../../model/event.js";
import type { CaptureType } from "../ir/capture-type.js";
import type { Constant, Path } from "./path.js";

/** Types that only values of documents have: numbers since the epoch in parts of a second, and whatever a stamp may be. */
export const DOCUMENT_TYPES = ["epoch_ms", "epoch_us", "epoch_ns", "time"] as const;

export type ValueType = CaptureType | (typeof DOCUMENT_TYPES)[number];

/** A condition on what stands at a path. */
export interface Test {
  path: Path;
  not?: true;
  /** It is one of these. */
  values?: readonly Constant[];
  /** Source of an expression that matches the whole text. */
  matches?: string;
}

/** What stands between the texts of a template: a value, or a part of it. */
export interface Hole {
  path: Path;
  /** Only what stands behind the last of these texts in it. */
  after?: string;
  /** Only so many chars of it. */
  first?: number;
}

/** Texts, and what stands between them. */
export type Template = readonly (string | Hole)[];

/** How a field gets its value: from a path, from the name of the element, or a constant. */
export interface FieldPlan {
  field: string;
  path?: Path;
  key?: true;
  constant?: FieldValue;
  type?: ValueType;
  template?: Template;
  when: readonly Test[];
}

/** A text that a pattern reads; `Reads` is what reads it. */
export interface TextPlan<Reads> {
  path: Path;
  reads: Reads;
  when: readonly Test[];
}

/** An event of a document. */
export interface TellingPlan<Reads> {
  event: string;
  each: readonly Path[];
  when: readonly Test[];
  entries: readonly (FieldPlan | TextPlan<Reads>)[];
}

/** How a format's documents are recognised and read. Plain data, as far as `Reads` is. */
export interface DocumentPlan<Reads> {
  there: readonly Test[];
  tellings: readonly TellingPlan<Reads>[];
}
