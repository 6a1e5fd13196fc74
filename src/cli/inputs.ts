import fs from "node:fs";
import path from "node:path";
import { parseISO } from "date-fns";
import { zoneOffset } from "../clock/zone.js";
import { grammars as builtin } from "../grammar/generated.js";
import type { Grammar } from "../grammar/types.js";
import { rules as builtinRules } from "../rules/generated.js";
import type { Rule } from "../rules/rule.js";
import type { AnalyzeOptions } from "../run/analyze.js";
import { VERSION } from "../version.js";
import { UsageError } from "./output.js";

/** Flags of the commands that read evidence. */
export interface EvidenceFlags {
  since?: string;
  until?: string;
  tz?: string;
  year?: number;
  grammars?: string[];
  tmp?: string;
  output?: string;
  color: boolean;
  quiet?: boolean;
}

/** µs UTC of what the user typed after `--since` or `--until`. */
function timeFlag(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim().replace(" ", "T");
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}${text.includes("T") ? "" : "T00:00:00"}Z`;
  const date = parseISO(zoned);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(`${name} ${value}: this is no time; write it like 2026-11-22T03:52:37Z`);
  return date.getTime() * 1000;
}

/** The text files of a folder that end in one of `endings`, sorted by name. */
export function filesOf(dir: string, endings: readonly string[]): { file: string; text: string }[] {
  let names: string[];
  try {
    names = fs.readdirSync(dir).sort();
  } catch (error) {
    throw new UsageError(
      `${dir}: this folder can't be read (${(error as NodeJS.ErrnoException).code}); check the path`,
    );
  }
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => ({ file: path.join(dir, name), text: fs.readFileSync(path.join(dir, name), "utf8") }));
}

const grammarFilesOf = (dirs: readonly string[] = []) => dirs.flatMap((dir) => filesOf(dir, [".grammar"]));

/** The built-in grammars and those of the user's folders. Wrong ones are wrong usage, with the place and the reason. */
export async function grammarsFor(dirs: readonly string[] | undefined): Promise<Grammar[]> {
  if (!dirs?.length) return [...builtin];
  const { compileGrammars } = await import("../grammar/compile.js");
  const { grammars, problems } = compileGrammars(grammarFilesOf(dirs));
  if (problems.length > 0) throw new UsageError(problems.map(String).join("\n"));
  return [...grammars, ...builtin];
}

/** The built-in rules and those of the user's folders, which replace built-in ones of the same id. */
export async function rulesFor(dirs: readonly string[] | undefined): Promise<Rule[]> {
  if (!dirs?.length) return [...builtinRules];
  const { loadRules } = await import("../rules/load.js");
  const { rules, problems } = loadRules(dirs.flatMap((dir) => filesOf(dir, [".yaml", ".yml"])));
  if (problems.length > 0) throw new UsageError(problems.map(String).join("\n"));
  const own = new Set(rules.map((rule) => rule.id));
  return [...builtinRules.filter((rule) => !own.has(rule.id)), ...rules];
}

/** The folder given with `--tmp`, which must be one that can be written to. */
function tmpFlag(dir: string | undefined): string | undefined {
  if (dir === undefined) return undefined;
  try {
    fs.accessSync(dir, fs.constants.W_OK);
    if (fs.statSync(dir).isDirectory()) return dir;
  } catch {
    // Told below: it is no folder that can be used.
  }
  throw new UsageError(`--tmp ${dir}: this is no folder that can be written to; name another`);
}

/** Checks the flags that say how evidence is to be read. */
export async function evidenceFlags(flags: EvidenceFlags): Promise<Omit<AnalyzeOptions, "rules">> {
  if (flags.tz !== undefined) {
    try {
      zoneOffset(flags.tz, 0);
    } catch {
      throw new UsageError(`--tz ${flags.tz}: no such zone is known; write it like Europe/Moscow or +03:00`);
    }
  }
  return {
    grammars: await grammarsFor(flags.grammars),
    grammarFiles: grammarFilesOf(flags.grammars),
    version: VERSION,
    since: timeFlag("--since", flags.since),
    until: timeFlag("--until", flags.until),
    tz: flags.tz,
    year: flags.year,
    tmp: tmpFlag(flags.tmp),
  };
}
