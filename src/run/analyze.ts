import { provenBy } from "../report/clock-report.js";
import { buildReport, type Report } from "../report/document.js";
import type { AnalyzeOptions } from "./analyze-options.js";
import { type Evidence, type Found, findFiles } from "./found.js";
import { type Investigation, investigateFound } from "./investigate.js";
import { quotes } from "./quotes.js";
import { type StageClock, Stopwatch, UNTIMED } from "./stages.js";
import type { RunStats } from "./stats.js";
import { HeldTexts } from "./texts.js";
import { noWork } from "./work.js";

export type { AnalyzeOptions } from "./analyze-options.js";

/** Investigates and writes the report: the JSON contract, from which every other form is printed. */
export async function analyze(evidence: readonly Evidence[], options: AnalyzeOptions): Promise<Report> {
  const watch = options.stats && new Stopwatch();
  watch?.enter("walk");
  const found = await findFiles(evidence, options.tmp, options.signal);
  try {
    return (await reportOn(found, options, watch)).report;
  } finally {
    found.close();
  }
}

/** A report, and what it was made of. */
export interface Reported {
  report: Report;
  investigation: Investigation;
}

/**
 * The report on what was found.
 * @param watch counts the time, where somebody wants to know
 */
export async function reportOn(found: Found, options: AnalyzeOptions, watch?: Stopwatch): Promise<Reported> {
  const stages: StageClock = watch ?? UNTIMED;
  const work = noWork();
  const texts = new HeldTexts();
  let threads: Pick<RunStats, "readers" | "hashing"> | undefined;
  const investigation = await investigateFound(found, options, { stages, work, texts }, (told) => {
    threads = told;
  });
  stages.enter("report");
  const { surveyed, archives, clocks, diagnosis, suppressed, missing, problems } = investigation;
  const shownClocks = [...new Set([...clocks.values()].map(({ clock }) => clock))];
  const cited = [...diagnosis.findings.flatMap(({ evidence }) => evidence), ...provenBy(shownClocks)];
  const report = buildReport({
    version: options.version,
    sources: [...surveyed.map(({ source }) => source), ...archives],
    findings: diagnosis.findings,
    rootCauses: diagnosis.rootCauses,
    stories: diagnosis.stories,
    suppressed,
    clocks: shownClocks,
    aligned: options.align !== false,
    missing,
    problems,
    texts: await quotes(surveyed, cited, texts),
  });
  if (watch)
    options.stats!({
      work,
      wall: performance.now() / 1000,
      stages: watch.seconds,
      ...threads!,
      peakMemory: process.resourceUsage().maxRSS * 1024,
    });
  return { report, investigation };
}
