import fs from "node:fs";
import { withNames } from "../api/analysis.js";
import type { Study } from "../api/study.js";
import { study } from "../api/study.js";
import { statusOf } from "./analyze.js";
import type { ExploreFlags } from "./explore-flags.js";
import { evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { UsageError, wantsColour, wantsUtf8 } from "./output.js";
import { Progress } from "./progress.js";
import { configured } from "./project/configured.js";

/** Explains what else there is where no screen can be drawn on. */
function needTerminal(): void {
  const why =
    process.stdin.isTTY !== true || process.stdout.isTTY !== true
      ? "it needs a terminal for its keys and its screen"
      : ["", "dumb"].includes(process.env["TERM"] ?? "")
        ? `the terminal cannot move its cursor (TERM=${process.env["TERM"] ?? ""})`
        : undefined;
  if (why !== undefined)
    throw new UsageError(
      `explore: ${why}; the same as text: hindcast PATH | less; as a page for a browser: hindcast PATH -f html -o report.html`,
    );
}

/** The report in the form that a file's name asks for. */
async function rendered(gathered: Study, file: string): Promise<string | undefined> {
  if (/\.html?$/i.test(file)) return (await import("../api/study.js")).renderHtml(gathered);
  if (/\.(?:md|markdown)$/i.test(file))
    return (await import("../api/markdown.js")).renderMarkdown(gathered.report);
  if (/\.json$/i.test(file)) return (await import("../api/analysis.js")).renderJson(gathered.report);
  return undefined;
}

/** Writes a new file: what is there already is never lost. Says what came of it. */
async function save(gathered: Study, file: string): Promise<string> {
  try {
    const text = await rendered(gathered, file);
    if (text === undefined) return `not written: the name must end in .html, .md or .json: ${file}`;
    fs.writeFileSync(file, text, { flag: "wx" });
    return `written: ${file}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return `not written: there is such a file already, choose another name: ${file}`;
    return `not written (${code ?? error}), choose another place: ${file}`;
  }
}

/** `hindcast explore PATH…` */
export async function run(paths: string[], given: ExploreFlags): Promise<void> {
  needTerminal();
  const { flags, rules, review, names } = await configured(given, paths);
  const progress = new Progress(!flags.quiet);
  const options = await evidenceFlags(flags);
  const masking = await maskingFor(flags, paths, options, names.values());
  const gathering = study(paths, {
    ...options,
    rules,
    review,
    jobs: flags.jobs,
    progress: progress.take,
  });
  const whole = await guarded(masking, gathering);
  progress.end();
  const named = withNames(whole.report, names, { entities: true });
  const gathered: Study = masking
    ? { ...masking.data(whole), report: masking.report(named) }
    : { ...whole, report: named };
  masking?.finish();
  const { explore } = await import("../api/explore.js");
  await explore(gathered, {
    stdin: process.stdin,
    stdout: process.stdout,
    mouse: flags.mouse,
    color: wantsColour(flags.color, false),
    utf8: flags.ascii !== true && wantsUtf8(),
    save: (file) => save(gathered, file),
  });
  process.exitCode = statusOf(gathered.report);
}
