import type { GrammarFile } from "../grammar/file.js";
import { grammars as builtin } from "../grammar/generated.js";
import type { Grammar } from "../grammar/types.js";
import type { AskedFields } from "./asked-fields.js";
import { type Toolbox, toolboxOf } from "./survey.js";

/** What decides how records are read, for all sources: the same in every thread. */
export interface Kit {
  readonly toolbox: Toolbox;
  /** Which events are wanted, by action; undefined: all. */
  readonly wanted: ReadonlySet<string> | undefined;
  /** Pass over records that cannot tell of anything wanted. */
  readonly prefilter: boolean;
  /** What somebody may read of events; absent: everything. */
  readonly fields?: AskedFields | undefined;
}

/** What a kit is made of. Plain data. */
export interface KitParts {
  /** Grammars that are not built in; they come before those that are. */
  readonly grammarFiles: readonly GrammarFile[];
  readonly wanted: ReadonlySet<string> | undefined;
  readonly prefilter: boolean;
  readonly fields?: AskedFields | undefined;
}

/** Makes the kit in another thread than the one that was asked for the analysis. */
export async function kitOf({ grammarFiles, wanted, prefilter, fields }: KitParts): Promise<Kit> {
  let own: readonly Grammar[] = [];
  if (grammarFiles.length > 0) {
    const { compileGrammars } = await import("../grammar/compile.js");
    own = compileGrammars(grammarFiles).grammars;
  }
  return { toolbox: toolboxOf([...own, ...builtin]), wanted, prefilter, fields };
}

/** Can another thread make these grammars? It knows the built-in ones, and those whose texts it gets. */
export function canBeMade(grammars: readonly Grammar[], files: readonly GrammarFile[]): boolean {
  const own = grammars.length - builtin.length;
  return own >= 0 && (own === 0 || files.length > 0) && builtin.every((one, i) => grammars[own + i] === one);
}
