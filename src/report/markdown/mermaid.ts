import { cut } from "../width.js";
import { type Bar, type Bars, timeOf } from "./bars.js";

/** A title has so many characters. GitLab draws diagrams at once only up to 2000 characters a page. */
const MOST_TITLE = 70;
const MOST_BARS = 10;

/** Steps of the axis, in seconds. */
const TICKS: readonly (readonly [number, string])[] = [
  [1, "1second"],
  [2, "2second"],
  [5, "5second"],
  [10, "10second"],
  [30, "30second"],
  [60, "1minute"],
  [300, "5minute"],
  [900, "15minute"],
  [3600, "1hour"],
  [4 * 3600, "4hour"],
  [24 * 3600, "1day"],
];
const MOST_TICKS = 8;
/** A shorter axis has ticks between seconds. */
const LEAST_SECONDS = 2;

/**
 * Lines of a Mermaid Gantt chart (https://mermaid.js.org/syntax/gantt.html) of a story's steps.
 *
 * Its parser gives a meaning to `:`, `,`, `#`, `;`, `%%`, braces and words at the beginning of a line: titles are letters, digits,
 * blanks, apostrophes and single hyphens only, behind a number. Times are written without a zone, and read and shown alike by any browser, in whichever zone.
 */
export function gantt({ from, to, bars }: Bars): string[] {
  const seconds = (to - from) / 1e6;
  const fine = seconds < LEAST_SECONDS;
  const tick = fine ? undefined : TICKS.find(([step]) => seconds / step <= MOST_TICKS)?.[1];
  const format = seconds > 86_400 ? "%m-%d %H:%M" : fine ? "%H:%M:%S.%L" : "%H:%M:%S";
  return [
    "gantt",
    "  dateFormat YYYY-MM-DDTHH:mm:ss.SSS",
    `  axisFormat ${format}`,
    ...(tick ? [`  tickInterval ${tick}`] : []),
    "  todayMarker off",
    ...bars.slice(0, MOST_BARS).flatMap((bar, i) => [...section(bar, i), task(bar, (to - from) / 200)]),
  ];
}

function section({ noticed }: Bar, index: number): string[] {
  if (index === 0) return ["  section cause"];
  if (noticed) return ["  section noticed"];
  return index === 1 ? ["  section then"] : [];
}

/** @param least a shorter bar could not be seen: it is a mark */
function task({ number, title, from, to }: Bar, least: number): string {
  const tags = [...(number === 1 ? ["crit"] : []), ...(to - from < least ? ["milestone"] : [])];
  const end = to - from < least ? from : to;
  return `  ${number} ${label(title)} :${[...tags, stamp(from), stamp(end)].join(", ")}`;
}

const label = (title: string) =>
  cut(
    title
      .replace(/[^\p{L}\p{N} '-]+/gu, " ")
      .replace(/([ -])[ -]+/g, "$1")
      .trim(),
    MOST_TITLE,
    "",
  );

const stamp = (us: number) => timeOf(us).slice(0, 23);
