import fs from "node:fs";
import path from "node:path";
import type { Problem } from "../api/analysis.js";
import type { ExportAccount } from "../api/export.js";
import { exportEvidence, indexTemplate, json, LimitError } from "../api/export.js";
import { FORMATS, type FormatSpec } from "../api/export-formats.js";
import { neutral } from "../api/text.js";
import type { ExportFlags } from "./export-flags.js";
import { evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { print, UsageError, writeWhole } from "./output.js";
import { Progress } from "./progress.js";
import { configured } from "./project/configured.js";
import { streamOutput } from "./stream-output.js";

/** What the packets of findings come as. */
const PACKETS: Pick<FormatSpec, "extension" | "isBinary"> = { extension: "pcapng", isBinary: true };

type Spec = Pick<FormatSpec, "extension" | "isBinary" | "table">;

/** The file to write: in a folder, one that is named after the format. `undefined`: standard output. */
function placeFor({ output, to }: ExportFlags, spec: Spec): string | undefined {
  if (output === undefined) return undefined;
  const isFolder = /[/\\]$/.test(output) || fs.statSync(output, { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? path.join(output, `hindcast-${to}.${spec.extension}`) : output;
}

/** Refuses what would not do what it says. */
function check(paths: readonly string[], flags: ExportFlags, spec: Spec): void {
  if (flags.template && flags.to !== "ecs")
    throw new UsageError(`--template is of --to ecs; ${flags.to} has none`);
  if (paths.length === 0 && !flags.template)
    throw new UsageError("name the evidence: hindcast export PATH… --to FORMAT");
  if (flags.columns !== undefined && !spec.table)
    throw new UsageError(`--columns is of tables (csv, timesketch-csv, parquet); ${flags.to} is none`);
  if (spec.isBinary && flags.output === undefined && process.stdout.isTTY)
    throw new UsageError(`${flags.to} is no text: write it to a file with -o FILE, or into a pipe`);
}

function note(flags: ExportFlags, line: string): void {
  if (!flags.quiet) process.stderr.write(`hindcast: ${neutral(line)}\n`);
}

const placeOf = ({ path: file, line }: Problem) =>
  file === "" ? "" : `${file}${line === undefined ? "" : `:${line}`}: `;

function tell(flags: ExportFlags, { leftOut, problems }: ExportAccount): void {
  for (const { what, reason, count } of leftOut)
    note(flags, `${count} ${count === 1 ? `${what} is` : `${what}s are`} not in the export: ${reason}`);
  for (const problem of problems) note(flags, `${placeOf(problem)}${problem.message}`);
}

/** Exit status, as documented in the help. */
function statusOf({ records, problems }: ExportAccount): number {
  if (records === 0) return 3;
  return problems.some(({ severity }) => severity === "error") ? 4 : 0;
}

/** `hindcast export PATH… --to FORMAT` */
export async function run(paths: string[], given: ExportFlags): Promise<void> {
  const spec: Spec = given.to === "pcap" ? PACKETS : FORMATS[given.to];
  check(paths, given, spec);
  const template = () => `${json(indexTemplate(given.index), 2)}\n`;
  if (given.template) {
    if (given.output !== undefined) writeWhole(given.output, template());
    else await print(template());
    return;
  }
  const { flags, rules, review } = await configured(given, paths);
  const progress = new Progress(!flags.quiet && (flags.output !== undefined || !process.stdout.isTTY));
  const options = await evidenceFlags(flags);
  const masking = await maskingFor(flags, paths, options);
  const pieces = exportEvidence(paths, {
    ...options,
    mask: masking && ((value) => masking.data(value)),
    rules,
    review,
    jobs: flags.jobs,
    format: flags.to,
    source: flags.source,
    action: flags.action,
    grep: flags.grep,
    columns: flags.columns,
    noFindings: !flags.findings,
    index: flags.index,
    progress: progress.take,
  });
  const place = placeFor(flags, spec);
  const output = streamOutput(place);
  let account: ExportAccount;
  try {
    for (;;) {
      const next = await guarded(masking, pieces.next());
      if (next.done) {
        account = next.value;
        break;
      }
      if (next.value.length > 0) await output.write(next.value);
    }
  } catch (error) {
    output.abandon();
    // No room for temporary files: its words say what to do.
    throw error instanceof LimitError ? new UsageError(error.message) : error;
  } finally {
    progress.end();
  }
  output.finish();
  masking?.finish();
  if (flags.to === "ecs" && place !== undefined && place !== flags.output)
    writeWhole(path.join(path.dirname(place), "hindcast-ecs-template.json"), template());
  tell(flags, masking ? masking.data(account) : account);
  for (const line of masking?.notes() ?? []) note(flags, line);
  process.exitCode = statusOf(account);
}
