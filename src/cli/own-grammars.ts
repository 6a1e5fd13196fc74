import type { GrammarFile } from "../grammar/file.js";
import { grammars as builtin } from "../grammar/generated.js";
import type { Grammar } from "../grammar/types.js";
import { UsageError } from "./output.js";
import { filesOf } from "./own-files.js";

/** The grammar files of the user's folders. */
export const grammarFilesOf = (dirs: readonly string[] = []): GrammarFile[] =>
  dirs.flatMap((dir) => filesOf(dir, [".grammar"]));

/** The built-in grammars and those of the user's folders. Wrong ones are wrong usage, with the place and the reason. */
export async function grammarsFor(dirs: readonly string[] | undefined): Promise<Grammar[]> {
  if (!dirs?.length) return [...builtin];
  const { compileGrammars } = await import("../grammar/compile.js");
  const { grammars, problems } = compileGrammars(grammarFilesOf(dirs));
  if (problems.length > 0) throw new UsageError(problems.map(String).join("\n"));
  return [...grammars, ...builtin];
}
