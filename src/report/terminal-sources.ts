import type { Clockface } from "./clockface.js";
import type { Report, ReportSource } from "./contract.js";
import { duration, signed } from "./durations.js";
import { counted, grouped, type Page } from "./page.js";
import { columns } from "./terminal-timeline.js";
import { displayWidth, fitting } from "./width.js";

/** The end of a path says more than its beginning. */
function tail(page: Page, path: string, width: number): string {
  const shown = page.show(path);
  if (displayWidth(shown) <= width) return shown;
  const backwards = Array.from(shown).reverse().join("");
  const kept = Array.from(fitting(backwards, width - displayWidth(page.glyph.more)))
    .reverse()
    .join("");
  return page.glyph.more + kept;
}

function fromTo(source: ReportSource, clock: Clockface): [string, string] {
  const { from, to, time_of_day, elapsed } = source;
  if (time_of_day) return [cutMicros(time_of_day.from), cutMicros(time_of_day.to)];
  if (elapsed) return [`${cutMicros(elapsed.from)} s`, `${cutMicros(elapsed.to)} s`];
  return [from ? clock.point(from, 0) : "", to ? clock.point(to, 0) : ""];
}

const cutMicros = (text: string) => text.slice(0, -7);

/** What became of every source: how much of it was understood, which times it spans, and on which clock. */
export function sourceLines(page: Page, report: Report, clock: Clockface, most = 12): string[] {
  const clocks = new Map(report.clocks.map((c) => [c.id, c]));
  const shown = report.sources.slice(0, page.fold(report.sources.length, most));
  const rows = shown.map((source) => {
    const on = clocks.get(source.clock);
    const best = on?.offset?.best;
    const [from, to] = fromTo(source, clock);
    return [
      "",
      page.fit(source.format, 24),
      grouped(source.records),
      source.unparsed > 0 ? page.paint(grouped(source.unparsed), "yellow") : "0",
      page.show(from),
      page.show(to),
      page.fit(source.clock + (best ? ` ${signed(best)}` : "") + (on?.floating ? " (no date)" : ""), 28),
    ];
  });
  const head = ["source", "format", "records", "unparsed", "from", "to", "clock"].map((cell) =>
    page.paint(cell, "dim"),
  );
  const widths = head.map((cell, i) =>
    Math.max(visibleWidth(cell), ...rows.map((row) => visibleWidth(row[i]!))),
  );
  const room = page.width - 2 - widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  rows.forEach((row, i) => {
    row[0] = tail(page, shown[i]!.path, Math.max(16, room));
  });
  const lines = columns([head, ...rows], 2, [2, 3]);
  const left = report.sources.length - shown.length;
  if (left > 0) lines.push(page.paint(`  ${page.glyph.more} ${counted(left, "more source")}`, "dim"));
  return lines;
}

/** Width of a cell that our own colours may be in. */
const visibleWidth = (cell: string) => displayWidth(cell.replace(/\x1b\[\d+m/g, ""));

/** How the clocks stand to each other, in sentences; nothing when there is nothing to say. */
export function clockLines(page: Page, report: Report, most = 4): string[] {
  const telling = report.clocks.filter(
    ({ offset, floating, basis, drift }) => floating || (offset?.best ?? 0) !== 0 || drift || basis !== "",
  );
  if (telling.length === 0) return [];
  const shown = telling.slice(0, page.fold(telling.length, most));
  const lines = shown.flatMap(({ id, offset, matches, basis, floating, drift }) => {
    const best = offset?.best ?? 0;
    const parts: string[] = [];
    if (floating) parts.push("its date is unknown");
    else if (best !== 0)
      parts.push(`${duration(best * 1e6)} ${best > 0 ? "ahead" : "behind"}${margin(offset!)}`);
    if (drift) parts.push(`drifting by ${(drift * 1e6).toFixed(1)} ppm`);
    if (matches > 0) parts.push(`from ${counted(matches, "shared event")}`);
    const facts = parts.length > 0 ? `${id}: ${parts.join(", ")}` : id;
    return page.block(basis === "" ? facts : `${facts}${parts.length > 0 ? "; " : ": "}${basis}`, 2, 2);
  });
  if (shown.length < telling.length) {
    lines.push(
      page.paint(`  ${page.glyph.more} ${counted(telling.length - shown.length, "more clock")}`, "dim"),
    );
  }
  return lines;
}

function margin({ min, max }: { min: number | null; max: number | null }): string {
  if (min === null || max === null) return "";
  const half = (max - min) / 2;
  return half > 0 ? ` (±${duration(half * 1e6)})` : "";
}
