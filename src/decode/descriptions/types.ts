/**
 * What people are told of a format that code reads; a grammar says the same of itself (`about`, `command`, samples). Loaded only
 * when somebody asks.
 */
export interface Description {
  name: string;
  title: string;
  /** The folder of `grammars/` that it would lie in. */
  area: string;
  /** Where its decoder is. */
  file: string;
  about: string;
  commands: readonly string[];
  /** A small piece of evidence in this format: bytes as a latin1 string. */
  sample?: string;
  /** Name of the format whose records it gives, where a sample would be too large. */
  like?: string;
}
