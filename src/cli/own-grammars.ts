import type { Grammar, GrammarFile } from "../api/grammars.js";
import { grammars as builtin } from "../api/grammars.js";
import { UsageError } from "./output.js";
import { filesOf } from "./own-files.js";

/** The grammar files of the user's folders. */
export const grammarFilesOf = (dirs: readonly string[] = []): GrammarFile[] =>
  dirs.flatMap((dir) => filesOf(dir, [".grammar"]));

/** The built-in grammars and those of the user's folders. Wrong ones are wrong usage, with the place and the reason. */
export async function grammarsFor(dirs: readonly string[] | undefined): Promise<Grammar[]> {
  if (!dirs?.length) return [...builtin];
  const { compileGrammars } = await import("../api/format-files.js");
  const { grammars, problems } = compileGrammars(grammarFilesOf(dirs));
  if (problems.length > 0) throw new UsageError(problems.map(String).join("\n"));
  return [...grammars, ...builtin];
}
