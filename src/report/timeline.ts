import type { StampKind } from "../model/stamp.js";
import { isFloating } from "../model/time.js";
import { duration } from "./durations.js";
import { harmlessJson } from "./json.js";
import { Page, type PageOptions } from "./page.js";
import { rfc3339, undated } from "./times.js";
import { decodeBytes } from "./utf8.js";
import { padEnd, padStart } from "./width.js";

/** One line of the merged timeline. Times as in `Event`: µs since the epoch, UTC, NaN when there is none. */
export interface TimelineLine {
  time: number;
  ns: number;
  latest: number;
  /** How its source's stamps are written: how to print a time whose date is unknown. */
  stamp: StampKind;
  source: string;
  line: number;
  action: string;
  /** The record's own text, as bytes (latin1) or decoded. */
  text: string;
}

export type TimelineFormat = "table" | "plain" | "jsonl";

/**
 * Prints a merged timeline while it is read, one line of output for each line of input: memory does not grow.
 *
 * - `table`: columns for people, cut to the width, with the time since the line before;
 * - `plain`: tab-separated and uncut: time, latest time, `source:line`, action, text;
 * - `jsonl`: one JSON object a line.
 */
export function* renderTimeline(
  lines: Iterable<TimelineLine>,
  format: TimelineFormat,
  options: PageOptions = {},
): Generator<string> {
  const print = timelinePrinter(format, options);
  for (const line of lines) yield print(line);
}

/** The same as a function for streams that are pushed: one line in, one line (with its newline) out. */
export function timelinePrinter(
  format: TimelineFormat,
  options: PageOptions = {},
): (line: TimelineLine) => string {
  const page = new Page(options);
  if (format === "jsonl") return jsonLine;
  if (format === "plain") return (line) => plainLine(page, line);
  return tablePrinter(page);
}

function jsonLine({ time, ns, latest, stamp, source, line, action, text }: TimelineLine): string {
  const dated = !isFloating(time);
  const first = dated ? rfc3339(time, ns) : null;
  return `${harmlessJson({
    time: first,
    latest: first === null ? null : latest > time ? rfc3339(latest) : first,
    ...(dated ? {} : undated(stamp, time)),
    source: decodeBytes(source),
    line,
    action,
    text: decodeBytes(text),
  })}\n`;
}

/** What stands in the time's column; `-` without a time. */
function stampText({ time, ns, stamp }: TimelineLine): string {
  if (!isFloating(time)) return rfc3339(time, ns) ?? "-";
  const { time_of_day, elapsed } = undated(stamp, time);
  return time_of_day ?? elapsed ?? "-";
}

function plainLine(page: Page, line: TimelineLine): string {
  const latest = line.latest > line.time ? stampText({ ...line, time: line.latest, ns: 0 }) : "";
  const cells = [stampText(line), latest, `${decodeBytes(line.source)}:${line.line}`, line.action];
  return `${cells.map((cell) => page.show(cell)).join("\t")}\t${page.whole(decodeBytes(line.text))}\n`;
}

/** Columns of a fixed width: lines align without knowing those that come. */
function tablePrinter(page: Page): (line: TimelineLine) => string {
  const placeWidth = Math.min(28, Math.floor(page.width / 4));
  const actionWidth = Math.min(22, Math.floor(page.width / 5));
  let day = "";
  let before: TimelineLine | undefined;
  return (line) => {
    let text = stampText(line);
    let heading = "";
    if (text.length === 30) {
      // The day is said once, above its lines.
      if (text.slice(0, 10) !== day) heading = `${page.heading((day = text.slice(0, 10)))}\n`;
      text = text.slice(11, 26);
    }
    const mark =
      line.latest > line.time ? `${page.glyph.plusMinus}${duration((line.latest - line.time) / 2)}` : "";
    const place = page.fitEnd(`${decodeBytes(line.source)}:${line.line}`, placeWidth);
    const action = page.fit(line.action, actionWidth);
    const time = padEnd(text, 15);
    const since = padStart(page.show(mark || sinceText(before, line)), 12);
    before = line;
    const room = page.width - 15 - 1 - 12 - 2 - placeWidth - 2 - actionWidth - 2;
    const shown = room < 12 ? "" : page.quote(decodeBytes(line.text.slice(0, 4096)).trim(), room);
    return (
      `${heading}${time} ${page.paint(since, "dim")}  ${page.paint(padEnd(place, placeWidth), "cyan")}  ${padEnd(action, actionWidth)}  ${shown}`.trimEnd() +
      "\n"
    );
  };
}

/** Time since the line before, where both are points on comparable clocks. */
function sinceText(before: TimelineLine | undefined, line: TimelineLine): string {
  if (!before || Number.isNaN(line.time) || before.latest > before.time || Number.isNaN(before.time))
    return "";
  if (isFloating(before.time) !== isFloating(line.time)) return "";
  return line.time <= before.time ? "" : `+${duration(line.time - before.time)}`;
}
