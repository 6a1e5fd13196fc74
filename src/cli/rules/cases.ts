import fs from "node:fs";
import path from "node:path";
import { VERSION } from "../../version.js";
import { print } from "../output.js";
import { rulesFor } from "../own-rules.js";
import { pick } from "./pick.js";

const isDir = (name: string): boolean => fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;

/** `hindcast rules test [ID or DIR…]`: exit status 1 when a case fails. */
export async function test(targets: readonly string[], flags: { rules?: string[] }): Promise<void> {
  const ids = targets.filter((one) => !isDir(one));
  const dirs = targets.filter(isDir);
  const rules = await rulesFor([...(flags.rules ?? []), ...dirs]);
  const inDirs = rules.filter(({ file }) => dirs.some((dir) => file.startsWith(path.join(dir, path.sep))));
  const chosen = targets.length > 0 ? [...pick(rules, ids), ...inDirs] : rules;
  // To list rules nothing is read by them.
  const { grammars } = await import("../../api/grammars.js");
  const { runCases } = await import("../../api/rule-files.js");
  const { isBuiltin, withCases } = await import("../../api/rule-files.js");
  const { caseRunner } = await import("../../api/rule-files.js");
  const analyze = caseRunner({ grammars, rules, version: VERSION });
  const results = await runCases(withCases(chosen), analyze, isBuiltin);
  const failed = results.filter((result) => result.problem !== undefined);
  for (const { rule, name, problem } of failed) await print(`FAIL ${rule}: ${name}\n     ${problem}\n`);
  await print(
    `${chosen.length} rules, ${results.length} cases: ${results.length - failed.length} passed, ${failed.length} failed\n`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
