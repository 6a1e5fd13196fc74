import type { Rule } from "../api/rules.js";
import { rules as builtinRules } from "../api/rules.js";
import { UsageError } from "./output.js";
import { filesOf } from "./own-files.js";

/** The built-in rules and those of the user's folders, which replace built-in ones of the same id. */
export async function rulesFor(dirs: readonly string[] | undefined): Promise<Rule[]> {
  if (!dirs?.length) return [...builtinRules];
  const { loadRules } = await import("../api/rule-loading.js");
  const { rules, problems } = loadRules(dirs.flatMap((dir) => filesOf(dir, [".yaml", ".yml"])));
  if (problems.length > 0) throw new UsageError(problems.map(String).join("\n"));
  const own = new Set(rules.map((rule) => rule.id));
  return [...builtinRules.filter((rule) => !own.has(rule.id)), ...rules];
}
