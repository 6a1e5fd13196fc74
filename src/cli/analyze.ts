import path from "node:path";
import type { Report } from "../api/analysis.js";
import {
  type AnalyzeOptions,
  analyze,
  type RunStats,
  renderJson,
  renderStats,
  withNames,
} from "../api/analysis.js";
import { compareSeverity, type Severity } from "../api/severity.js";
import type { Study } from "../api/study.js";
import { checkHtmlFlags, type HtmlFlags } from "./html-flags.js";
import { type EvidenceFlags, evidenceFlags } from "./inputs.js";
import { guarded, maskingFor } from "./masking.js";
import { UsageError, writeWhole } from "./output.js";
import { Progress } from "./progress.js";
import { configured } from "./project/configured.js";
import { checkReportFlags, type ReportFlags } from "./report-flags.js";
import { show, terminalOptions } from "./terminal.js";

interface AnalyzeFlags extends EvidenceFlags, ReportFlags, HtmlFlags {
  output?: string;
  format: "terminal" | "markdown" | "json" | "html";
  failOn?: Severity;
  rules?: string[];
  prefilter: boolean;
  jobs?: number;
  cache?: string;
  cacheSize?: number;
  stats?: "text" | "json";
}

/** @param study holds the report, where the format was to show more than that */
async function render(
  report: Report,
  study: Study | undefined,
  flags: AnalyzeFlags,
  paths: readonly string[],
): Promise<string> {
  if (study) return (await import("../api/study.js")).renderHtml({ ...study, report }, flags);
  if (flags.format === "json") return renderJson(report);
  if (flags.format === "markdown") return (await import("../api/markdown.js")).renderMarkdown(report, flags);
  const { renderTerminal } = await import("../api/terminal.js");
  return renderTerminal(report, await terminalOptions(flags, paths));
}

/** Exit status, as documented in the help. */
export function statusOf(report: Report, failOn?: Severity | undefined): number {
  const readable = report.sources.filter((source) => source.records > 0 && source.format !== "unknown");
  if (readable.length === 0) return 3;
  if (failOn && report.findings.some((finding) => compareSeverity(finding.severity, failOn) >= 0)) return 1;
  return report.problems.some((problem) => problem.severity === "error") ? 4 : 0;
}

/**
 * The folder given with `--cache`, which must not be read as evidence itself. What else goes wrong with it costs time alone: it is told,
 * and the analysis goes on.
 */
function cacheFlag(
  { cache: dir, cacheSize: most, quiet }: AnalyzeFlags,
  paths: readonly string[],
): AnalyzeOptions["cache"] {
  if (dir === undefined) return undefined;
  const within = paths.find((given) => {
    const way = path.relative(given, dir);
    return !path.isAbsolute(way) && !/^\.\.(?:$|[/\\])/.test(way);
  });
  if (within !== undefined)
    throw new UsageError(
      `--cache ${dir}: this folder lies in ${within}, which is to be read; choose another place`,
    );
  const warn = (message: string) => {
    if (!quiet) process.stderr.write(`hindcast: ${message}\n`);
  };
  return { dir, most, warn };
}

/** `hindcast analyze PATH…` */
export async function run(paths: string[], given: AnalyzeFlags): Promise<void> {
  checkReportFlags(given);
  checkHtmlFlags(given);
  const { flags, rules, review, names } = await configured(given, paths);
  const options: AnalyzeOptions = {
    ...(await evidenceFlags(flags)),
    rules,
    review,
    prefilter: flags.prefilter,
    jobs: flags.jobs,
    cache: cacheFlag(flags, paths),
  };
  const masking = await maskingFor(flags, paths, options, names.values());
  let stats: RunStats | undefined;
  if (flags.stats !== undefined)
    options.stats = (told) => {
      stats = told;
    };
  const progress = new Progress(!flags.quiet);
  options.progress = progress.take;
  const study =
    flags.format === "html"
      ? await guarded(masking, (await import("../api/study.js")).study(paths, options))
      : undefined;
  const plain = study?.report ?? (await guarded(masking, analyze(paths, options)));
  const named = withNames(plain, names, { entities: flags.format !== "json" });
  const report = masking?.report(named) ?? named;
  progress.end();
  const shown = study && masking ? masking.data({ ...study, report: plain }) : study;
  const text = await render(report, shown, flags, paths);
  masking?.finish();
  if (flags.output !== undefined) writeWhole(flags.output, text);
  else await show(text, flags);
  if (stats) process.stderr.write(flags.stats === "json" ? `${JSON.stringify(stats)}\n` : renderStats(stats));
  process.exitCode = statusOf(report, flags.failOn);
}
