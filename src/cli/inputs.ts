import fs from "node:fs";
import { parseISO } from "date-fns";
import type { AnalyzeOptions } from "../api/analysis.js";
import { zoneOffset } from "../api/zones.js";
import { VERSION } from "../version.js";
import type { ClockFlags } from "./clock-flags.js";
import { UsageError } from "./output.js";
import { grammarFilesOf, grammarsFor } from "./own-grammars.js";
import type { ProjectFlags } from "./project/find.js";
import type { RedactFlags } from "./redact-flags.js";

/** Flags of the commands that read evidence. */
export interface EvidenceFlags extends ClockFlags, ProjectFlags, RedactFlags {
  since?: string;
  until?: string;
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
    offsets: flags.offset,
    align: flags.align,
    reference: flags.reference,
    tmp: tmpFlag(flags.tmp),
  };
}
