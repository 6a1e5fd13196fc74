import type { Finding } from "../model/finding.js";
import type { Gap, Problem, Source } from "../model/source.js";
import type { StampKind } from "../model/stamp.js";
import type { Report, ReportGap, ReportProblem, ReportSource, Unplaced } from "./contract.js";
import { type Placing, undatedSpan } from "./placing.js";
import { rfc3339 } from "./times.js";
import { decodeBytes, decodeWithin } from "./utf8.js";

/** What was read, all in all. Times of clocks without a date stay out of the span. */
export function summaryOf(sources: readonly Source[], placing: Placing): Report["summary"] {
  let [from, to, records, unparsed] = [Number.NaN, Number.NaN, 0, 0];
  for (const source of sources) {
    records += source.records;
    unparsed += source.unparsed;
    if (placing.floatingKind(source, source.from) !== undefined) continue;
    if (!(source.from >= from)) from = Number.isNaN(source.from) ? from : source.from;
    if (!(source.to <= to)) to = Number.isNaN(source.to) ? to : source.to;
  }
  return { from: rfc3339(from), to: rfc3339(to), records, unparsed, sources: sources.length };
}

/** One source, with what became of its records. */
export function sourceOf(source: Source, placing: Placing): ReportSource {
  const floating = placing.floatingKind(source, source.from);
  return {
    path: decodeBytes(source.path),
    sha256: source.sha256,
    bytes: source.bytes,
    format: source.format,
    records: source.records,
    parsed: source.parsed,
    unparsed: source.unparsed,
    ...(source.generic === undefined ? {} : { generic: source.generic }),
    clock: source.clock,
    from: floating === undefined ? rfc3339(source.from) : null,
    to: floating === undefined ? rfc3339(source.to) : null,
    ...(floating === undefined ? {} : undatedSpan(floating, source.from, source.to)),
    ...(source.gaps && { gaps: source.gaps.map((gap) => gapOf(gap, source, placing)) }),
    problems: source.problems.map(problemOf),
  };
}

function gapOf({ from, to, why, lost, line, offset }: Gap, source: Source, placing: Placing): ReportGap {
  const floating = placing.floatingKind(source, Number.isFinite(from) ? from : to);
  // An undated source has no other way to say when: what is open goes to its own ends.
  const undated = floating && undatedSpan(floating, Math.max(from, source.from), Math.min(to, source.to));
  return {
    from: floating === undefined ? rfc3339(from) : null,
    to: floating === undefined ? rfc3339(to) : null,
    ...undated,
    why: decodeWithin(why),
    ...(lost === undefined ? {} : { lost }),
    ...(line === undefined ? {} : { line }),
    ...(offset === undefined ? {} : { offset }),
  };
}

export const problemOf = ({ path, line, offset, message, severity }: Problem): ReportProblem => ({
  path: decodeBytes(path),
  ...(line === undefined ? {} : { line }),
  ...(offset === undefined ? {} : { offset }),
  severity,
  message: decodeWithin(message),
});

/** The sources of which nothing, or not every cited record, has a place on the common timeline. */
export function unplacedOf(
  sources: readonly Source[],
  findings: readonly Finding[],
  placing: Placing,
): Unplaced[] {
  // Of each source: the cited records that have a time, and those that have none.
  const cited = sources.map(() => ({ timed: new Set<number>(), untimed: new Set<number>() }));
  for (const { evidence } of findings) {
    for (const { source, time, offset } of evidence) {
      cited[source]?.[Number.isNaN(time) ? "untimed" : "timed"].add(offset);
    }
  }
  return sources.flatMap((source, index) => {
    const floating = placing.floatingKind(source, source.from);
    const { timed, untimed } = cited[index]!;
    const entry = (records: number, why: string) => [{ source: decodeBytes(source.path), records, why }];
    if (source.records === 0) return [];
    if (floating !== undefined) return entry(source.records, whyFloating(floating));
    if (untimed.size > 0 && timed.size > 0) return entry(untimed.size, "cited, but nothing tells their time");
    // A source without stamps may still have been placed by events that others saw too.
    if (Number.isNaN(source.from) && timed.size === 0) return entry(source.records, "no time in it");
    return untimed.size > 0 ? entry(untimed.size, "cited, but nothing tells their time") : [];
  });
}

function whyFloating(kind: StampKind): string {
  if (kind === "hms") return "time of day only; the date is unknown";
  if (kind === "syslog") return "month and day only; the year is unknown";
  if (kind === "monotonic") return "seconds since boot; the time of the boot is unknown";
  if (kind === "sincestart" || kind === "sincestart_ms" || kind === "delta" || kind === "elapsed")
    return "seconds since a start that is unknown";
  return "the date is unknown";
}
