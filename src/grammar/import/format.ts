import type { Regex } from "./pcre.js";

/** A format of another tool's, read: what a grammar is to be made of. */
export interface ImportedFormat {
  title: string;
  about: string;
  /** Its expressions; `note` takes what one of them loses. */
  events: { name: string; regex: Regex; note: (what: string) => void }[];
  /** Records of it: bytes. */
  samples: string[];
  /** What was not carried over, with its place. */
  notes: string[];
  /** How its names become fields; nothing: a name is not captured. */
  fieldOf: (name: string) => string | undefined;
  /** Types of its values, by field: for values that no token gives one. */
  typeOf?: (field: string) => string | undefined;
  /** Lines that no expression matches continue the record before them. */
  multiline: boolean;
}

/** What is imported is no format of the kind that it seems to be. */
export class UnknownFormat extends Error {}
