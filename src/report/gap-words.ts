import type { Clockface } from "./clockface.js";
import type { Report, ReportGap, ReportSource } from "./contract.js";

/** What each source says is missing from it, a sentence each: `br0.txt: 3 packets were dropped while capturing, until 10:00:40 (line 8)`. */
export const gapSentences = (report: Report, clock: Clockface): string[] =>
  report.sources.flatMap((source) => (source.gaps ?? []).map((gap) => gapSentence(source, gap, clock)));

/** The same for one gap. */
export function gapSentence({ path }: ReportSource, gap: ReportGap, clock: Clockface): string {
  const { why, line } = gap;
  return `${path}: ${why}, ${gapTimes(gap, clock)}${line === undefined ? "" : ` (line ${line})`}`;
}

/** `10:00:00.000 to 10:00:40.125`, `until 10:00:40.125`, `from 10:00:00.000 on`, `anywhere in it`. */
export function gapTimes({ from, to, time_of_day, elapsed }: ReportGap, clock: Clockface): string {
  const undated = time_of_day ?? elapsed;
  if (undated) return `${undated.from} to ${undated.to}${elapsed ? " s" : ""}`;
  if (from && to) return `${clock.point(from)} to ${clock.point(to)}`;
  return to ? `until ${clock.point(to)}` : from ? `from ${clock.point(from)} on` : "anywhere in it";
}
