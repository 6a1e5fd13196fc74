import path from "node:path";
import type { AnalyzeOptions, Problem } from "../../api/analysis.js";
import { parseToldOffset } from "../../api/clock-options.js";
import type { Project } from "../../api/project.js";
import type { Rule } from "../../api/rules.js";
import { neutral } from "../../api/text.js";
import { zoneOffset } from "../../api/zones.js";
import type { ClockFlags } from "../clock-flags.js";
import { UsageError } from "../output.js";
import { rulesFor } from "../own-rules.js";
import { type ProjectFlags, projectFor } from "./find.js";

/** What the command line and the project file come to together. */
export interface Configured<Flags> {
  /** The command line's, with those of the file where it gives none. */
  flags: Flags;
  rules: Rule[];
  /** Suppresses findings, and tells what else the file changed. */
  review: AnalyzeOptions["review"];
  names: ReadonlyMap<string, string>;
}

type Flags = ClockFlags & ProjectFlags & { rules?: string[]; quiet?: boolean };

/**
 * Reads the project file, if there is one, and the rules.
 * @param paths the evidence
 * @param concerns which rules the command asks at all: of others nothing is told
 * @throws UsageError for a mistake in either, with its place
 */
export async function configured<F extends Flags>(
  flags: F,
  paths: readonly string[],
  concerns: (rule: string) => boolean = () => true,
): Promise<Configured<F>> {
  const project = await projectOf(flags, paths);
  if (project === undefined)
    return { flags, rules: await rulesFor(flags.rules), review: undefined, names: new Map() };
  const dirs = project.ruleDirs.map((dir) => path.join(path.dirname(project.file), dir));
  const known = await rulesFor([...dirs, ...(flags.rules ?? [])]);
  const { projectRules, UnknownRule } = await import("../../api/project.js");
  let chosen: { rules: Rule[]; problems: Problem[] };
  try {
    chosen = projectRules(known, project);
  } catch (error) {
    throw error instanceof UnknownRule ? new UsageError(error.message) : error;
  }
  const { suppressed } = await import("../../api/project.js");
  const told = chosen.problems.filter((_, i) => concerns(project.off[i]!.rule));
  return {
    flags: { ...flags, ...clockDefaults(flags, project) },
    rules: chosen.rules,
    review: (findings) => {
      const reviewed = suppressed(findings, project);
      return { ...reviewed, problems: [...told, ...reviewed.problems] };
    },
    names: project.names,
  };
}

/** The command line's flags, with the project file's options where it gives none: for commands without rules. */
export async function withDefaults<F extends Flags>(flags: F, paths: readonly string[]): Promise<F> {
  const project = await projectOf(flags, paths);
  return project === undefined ? flags : { ...flags, ...clockDefaults(flags, project) };
}

function projectOf(flags: Flags, paths: readonly string[]): Promise<Project | undefined> {
  return projectFor(flags, paths, (message) => {
    if (!flags.quiet) process.stderr.write(`hindcast: ${neutral(message)}\n`);
  });
}

/** The file's options for which the command line says nothing; offsets of either are not mixed. */
function clockDefaults(flags: ClockFlags, { file, options }: Project): Partial<ClockFlags> {
  const { tz, year, offset, reference } = options;
  if (tz !== undefined && flags.tz === undefined) {
    try {
      zoneOffset(tz, 0);
    } catch {
      throw new UsageError(
        `${file}: options.tz: no zone ${tz} is known; write it like Europe/Moscow or +03:00`,
      );
    }
  }
  const offsets = offset?.map((text) => {
    const told = parseToldOffset(text);
    if (told) return told;
    throw new UsageError(`${file}: options.offset: ${text}: write it like web1/access.log=+3.2`);
  });
  return {
    ...(tz !== undefined && { tz: flags.tz ?? tz }),
    ...(year !== undefined && { year: flags.year ?? year }),
    ...(offsets !== undefined && { offset: flags.offset ?? offsets }),
    ...(reference !== undefined && { reference: flags.reference ?? reference }),
  };
}
