import type { Addresses } from "./addresses/addresses.js";
import type { Names } from "./names/names.js";
import type { Span } from "./text/span.js";

/** What masks texts, as those see it that find texts within something else. */
export interface TextMasker {
  readonly addresses: Addresses;
  readonly names: Names;
  /** Masks any text: a record, many of them, a sentence, a path. Keys of several lines must lie in it as a whole. */
  text(text: string): string;
  /** Where something is to be masked in a text, and what is to stand there. Spans may overlap. */
  spans(text: string): Span[];
  /** The name of a machine of which the beginning is there: one that is known, or at least one that ends as names do. */
  completed(beginning: string): string;
  /** A value of a field that is known to be a name or an address; others are texts. */
  field(field: string, value: string): string;
}
