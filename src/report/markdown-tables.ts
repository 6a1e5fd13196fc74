import { clockSentences, isMoved, stampDigits } from "./clock-words.js";
import type { Clockface } from "./clockface.js";
import type { Report } from "./contract.js";
import { signed } from "./durations.js";
import { excerpt } from "./excerpt.js";
import { codeSpan, fenced, inCell, prose } from "./markdown-escape.js";
import { neutral } from "./neutral.js";
import { mayBeNone } from "./offset-words.js";
import { counted, grouped } from "./page.js";
import { placeOf } from "./view.js";
import { choose, foldRuns, rowRank } from "./view-rows.js";
import { cut } from "./width.js";

/** A table in GitHub's Markdown; `right` names the columns of numbers. */
export function table(
  head: readonly string[],
  rows: readonly string[][],
  right: readonly number[] = [],
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(" | ")} |`;
  return [
    line(head),
    `|${head.map((_, i) => (right.includes(i) ? "---:" : "---")).join("|")}|`,
    ...rows.map(line),
  ];
}

/** A bullet list under a heading; nothing when there is nothing to list. */
export function listBlock(heading: string, texts: readonly string[], most = 20): string[] {
  if (texts.length === 0) return [];
  const items = texts.slice(0, most).map((text) => `- ${prose(text, 1000)}`);
  if (texts.length > most) items.push(`- and ${texts.length - most} more`);
  return [`## ${heading}`, "", ...items];
}

/** The records that findings cite, as a table. */
export function timelineBlock(report: Report, clock: Clockface, most = 40): string[] {
  if (report.timeline.length === 0) return [];
  const rows = foldRuns(report.timeline);
  const digitsOf = stampDigits(report);
  const shown = choose(rows, most, rowRank(report, rows)).map(({ entry, more }) => {
    const { time, latest } = entry;
    const at = time && latest && latest !== time ? { earliest: time, latest } : time;
    const like = more > 0 ? ` (and ${more} more like it)` : "";
    const stamped = isMoved(entry) ? ` (stamped ${clock.point(entry.stamp!, digitsOf(entry.source))})` : "";
    return [
      clock.when(at, entry, 6) + stamped,
      codeSpan(placeOf(entry)),
      codeSpan(excerpt(neutral(entry.text), 160)) + like,
    ];
  });
  const note =
    rows.length > most ? ["", `_${counted(rows.length - most, "more row")} in the JSON report._`] : [];
  return [
    `## Timeline${clock.note ? ` (${clock.note})` : ""}`,
    "",
    ...table(["time", "where", "record"], shown),
    ...note,
  ];
}

/** What became of every source. */
export function sourcesBlock(report: Report, clock: Clockface, most = 60): string[] {
  if (report.sources.length === 0) return [];
  const clocks = new Map(report.clocks.map((c) => [c.id, c]));
  const rows = report.sources.slice(0, most).map((source) => {
    const { from, to, time_of_day, elapsed } = source;
    const undated = time_of_day ?? elapsed;
    const on = clocks.get(source.clock);
    const best = on?.offset?.best;
    return [
      codeSpan(cut(source.path, 200)),
      prose(source.format, 60),
      grouped(source.records),
      grouped(source.unparsed) + (source.generic ? ` +${grouped(source.generic)} generic` : ""),
      undated ? undated.from.slice(0, -7) : from ? clock.point(from, 0) : "",
      undated ? undated.to.slice(0, -7) : to ? clock.point(to, 0) : "",
      codeSpan(cut(source.clock, 60)) +
        (best && !mayBeNone(on.offset!) ? ` ${signed(best)}` : "") +
        (on?.floating ? " (no date)" : ""),
      codeSpan(source.sha256.slice(0, 12)),
    ];
  });
  const head = ["source", "format", "records", "not understood", "from", "to", "clock", "SHA-256"];
  const note =
    report.sources.length > most
      ? ["", `_${counted(report.sources.length - most, "more source")} in the JSON report._`]
      : [];
  return ["## Looked at", "", ...table(head, rows, [2, 3]), ...note];
}

/** From what each clock was inferred. */
export function clocksBlock(report: Report): string[] {
  return listBlock("Clocks", clockSentences(report));
}

/** Evidence that would have settled an open question, with the command that collects it. */
export function missingBlock({ missing }: Report, most = 20): string[] {
  if (missing.length === 0) return [];
  const lines = missing
    .slice(0, most)
    .flatMap(({ what, why, command }) => [
      `- ${prose(what, 400)}: ${prose(why, 800)}`,
      ...(command === "" ? [] : ["", ...fenced([command], 2000).map((line) => `  ${line}`), ""]),
    ]);
  return [
    "## Would have helped",
    "",
    ...lines,
    ...(missing.length > most ? [`- and ${missing.length - most} more`] : []),
  ];
}
