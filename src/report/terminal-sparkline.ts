import type { Clockface } from "./clockface.js";
import type { Report, ReportFinding } from "./contract.js";
import type { Page } from "./page.js";
import { bounds, micros, rfc3339, type When } from "./times.js";
import { toldSteps } from "./view-story.js";
import { displayWidth } from "./width.js";

/** Blocks of one to eight eighths of a line, and what stands where nothing happened. */
const UTF8 = { levels: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], none: "·", other: "▴" };
const ASCII = { levels: [".", ":", "-", "=", "+", "*", "%", "#"], none: " ", other: "^" };

/** A wider line says no more. */
const MOST_BINS = 100;
/** Fewer records are no picture. */
const LEAST_RECORDS = 3;
/** Steps that have a number of one digit. */
const MOST_STEPS = 9;

interface Axis {
  from: number;
  to: number;
  bins: number;
}

/**
 * Two lines: how many cited records fall into each stretch of the incident, and below it where the steps of its story (by their numbers)
 * and the other findings begin. Nothing where fewer than three records have dates, or where all have the same.
 */
export function sparkline(page: Page, report: Report, clock: Clockface, lead?: ReportFinding): string[] {
  const spans = report.timeline.map(({ time, latest }): [number, number] => [micros(time), micros(latest)]);
  const dated = spans.filter(([time]) => !Number.isNaN(time));
  const from = Math.min(...dated.map(([time]) => time));
  const to = Math.max(...dated.map(([, latest]) => latest));
  if (dated.length < LEAST_RECORDS || !(to > from)) return [];
  const digits = to - from < 10e6 ? 3 : 0;
  const [begin, end] = [from, to].map((us) => page.show(clock.point(rfc3339(us) ?? "", digits)));
  const room = page.width - 4 - displayWidth(begin!) - displayWidth(end!);
  const axis = { from, to, bins: Math.min(MOST_BINS, room) };
  const marks = markLine(page, report, axis, lead);
  const indent = " ".repeat(3 + displayWidth(begin!));
  return [
    `  ${page.paint(begin!, "dim")} ${levelLine(page, dated, axis)} ${page.paint(end!, "dim")}`,
    ...(marks === "" ? [] : [indent + marks]),
    "",
  ];
}

const binOf = (us: number, { from, to, bins }: Axis): number =>
  Math.min(bins - 1, Math.max(0, Math.floor(((us - from) / (to - from)) * bins)));

/**
 * A record whose time is an interval counts in equal parts wherever it may have been; what is only possible shows where it adds up, what
 * is certain always.
 */
function levelLine(page: Page, spans: readonly [number, number][], axis: Axis): string {
  const counts = new Array<number>(axis.bins).fill(0);
  const certain = new Set<number>();
  for (const [time, latest] of spans) {
    const [first, last] = [binOf(time, axis), binOf(latest, axis)];
    if (first === last) certain.add(first);
    for (let bin = first; bin <= last; bin++) counts[bin]! += 1 / (last - first + 1);
  }
  const { levels, none } = page.utf8 ? UTF8 : ASCII;
  const most = Math.max(...counts);
  const line = counts
    .map((count, bin) => Math.max(certain.has(bin) ? 1 : 0, Math.round((count / most) * levels.length)))
    .map((level) => (level === 0 ? none : levels[level - 1]!));
  return line
    .join("")
    .split(new RegExp(`([${none}]+)`))
    .map((run, i) => page.paint(run, i % 2 === 1 ? "dim" : "cyan"))
    .join("");
}

/** Numbers go before other marks; where they would stand on each other, they stand side by side in the order of time. */
function markLine(page: Page, report: Report, axis: Axis, lead: ReportFinding | undefined): string {
  const told = lead ? toldSteps(report, lead, MOST_STEPS) : [];
  const steps = told
    .map(({ step, number }) => ({ number, at: middle(step.time) }))
    .filter(({ number, at }) => number <= MOST_STEPS && !Number.isNaN(at))
    .sort((a, b) => a.at - b.at || a.number - b.number);
  const places = apart(
    steps.map(({ at }) => binOf(at, axis)),
    axis.bins,
  );
  const cells = new Array<string>(axis.bins).fill(" ");
  steps.forEach(({ number }, i) => {
    cells[places[i]!] = page.paint(`${number}`, ...(number === 1 ? HOT : STEP));
  });
  const numbered = new Set(told.map(({ finding }) => finding.id));
  const other = page.paint(page.utf8 ? UTF8.other : ASCII.other, "dim");
  for (const { id, severity, from } of report.findings) {
    const at = binOf(middle(from), axis);
    if (!numbered.has(id) && severity !== "informational" && cells[at] === " ") cells[at] = other;
  }
  return cells.join("").trimEnd();
}

function middle(time: When): number {
  const [earliest, latest] = bounds(time);
  return earliest + (latest - earliest) / 2;
}

/** Places in ascending order, each of its own and as near to where it should be as the order allows. */
function apart(wanted: readonly number[], bins: number): number[] {
  const places: number[] = [];
  for (const at of wanted) places.push(Math.max(at, (places.at(-1) ?? -1) + 1));
  for (let i = places.length - 1, most = bins - 1; i >= 0; i--, most--)
    places[i] = Math.min(places[i]!, most);
  return places;
}

const HOT = ["red", "bold"] as const;
const STEP = ["bold"] as const;
