import type { StampKind } from "../model/stamp.js";
import { isFloating } from "../model/time.js";
import { duration } from "./durations.js";
import { harmlessJson } from "./json.js";
import { Page, type PageOptions } from "./page.js";
import { rfc3339, stampOf, undated } from "./times.js";
import { decodeBytes } from "./utf8.js";
import { padEnd, padStart } from "./width.js";

/** One line of the merged timeline. Times as in `Event`: µs since the epoch, UTC, NaN when there is none. */
export interface TimelineLine {
  time: number;
  ns: number;
  latest: number;
  /** The time as stamped, where the source's clock was corrected. */
  stamped?: number | undefined;
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
 * - `table`: columns for people, cut to the width, with the time since the line before, and the stamp of records whose clock was wrong;
 * - `plain`: tab-separated and uncut: time, latest time, `source:line`, action, text, and the stamp where it differs from the time;
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

function jsonLine({ time, ns, latest, stamped, stamp, source, line, action, text }: TimelineLine): string {
  const dated = !isFloating(time);
  const first = dated ? rfc3339(time, ns) : null;
  return `${harmlessJson({
    time: first,
    latest: first === null ? null : latest > time ? rfc3339(latest) : first,
    ...(dated ? stampOf({ stamped, time, ns }) : undated(stamp, time)),
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
  const stamp = isFloating(line.time) ? undefined : stampOf(line).stamp;
  const end = stamp === undefined ? "" : `\tstamped ${stamp}`;
  return `${cells.map((cell) => page.show(cell)).join("\t")}\t${page.whole(decodeBytes(line.text))}${end}\n`;
}

/** When a record was stamped, if that is not when it can have happened: `00:52:33.783441`, with the day where it is another. */
function movedFrom({ time, latest, stamped }: TimelineLine): string | undefined {
  if (stamped === undefined || isFloating(time) || (stamped >= time && stamped <= latest)) return undefined;
  const [stamp, now] = [rfc3339(stamped), rfc3339(time)];
  if (stamp === null || now === null) return undefined;
  return (stamp.slice(0, 10) === now.slice(0, 10) ? "" : `${stamp.slice(0, 10)} `) + stamp.slice(11, 26);
}

/** Below so many columns of text a moved record is marked, and its stamp not shown. */
const ROOM_FOR_STAMP = 60;

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
    const open =
      line.latest > line.time ? `${page.glyph.plusMinus}${duration((line.latest - line.time) / 2)}` : "";
    const place = page.fitEnd(`${decodeBytes(line.source)}:${line.line}`, placeWidth);
    const action = page.fit(line.action, actionWidth);
    const time = padEnd(text, 15);
    const since = padStart(page.show(open || sinceText(before, line)), 12);
    before = line;
    const room = page.width - 15 - 1 - 12 - 2 - placeWidth - 2 - actionWidth - 2;
    const moved = movedFrom(line);
    const stamp = moved !== undefined && room >= ROOM_FOR_STAMP ? `(stamped ${moved}) ` : "";
    const mark = moved !== undefined && stamp === "" ? "*" : " ";
    const quoted = decodeBytes(line.text.slice(0, 4096)).trim();
    const shown = room < 12 ? "" : page.paint(stamp, "dim") + page.quote(quoted, room - stamp.length);
    return (
      `${heading}${time}${mark}${page.paint(since, "dim")}  ${page.paint(padEnd(place, placeWidth), "cyan")}  ${padEnd(action, actionWidth)}  ${shown}`.trimEnd() +
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
