import type { ResolverOptions } from "./resolver-options.js";
import type { WordsEchoes } from "./words.js";

/** What is known beyond one stream of events. */
export interface Known {
  /** The words that were told already. */
  echoes: WordsEchoes;
  /** The resolver options of the host that a source is of. */
  optionsOf: (source: number) => ResolverOptions;
}
