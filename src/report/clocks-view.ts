import { isAlone, referenceFor, sourceOf, stampDigits } from "./clock-words.js";
import { Clockface } from "./clockface.js";
import type { ClocksReport } from "./clocks.js";
import type { ReportClock, ReportEvidence } from "./contract.js";
import { driftCell, offsetCell } from "./offset-words.js";
import { counted } from "./page.js";

/** What the renderers of clocks share. */

/** `10 ns`, `1 µs`, `1 s`: the finest step that stamps show. */
export function resolutionCell({ resolution }: ReportClock): string {
  if (resolution === undefined) return "";
  const [unit, name] =
    resolution < 1e-6
      ? [1e-9, "ns"]
      : resolution < 1e-3
        ? [1e-6, "µs"]
        : resolution < 1
          ? [1e-3, "ms"]
          : [1, "s"];
  return `${Number((resolution / Number(unit)).toPrecision(3))} ${name}`;
}

/** `docker.log +2`: a clock's sources. */
export const sourcesCell = (clock: ReportClock): string =>
  sourceOf(clock) + (clock.sources.length > 1 ? ` +${clock.sources.length - 1}` : "");

/** Where a clock is told to stand; `reference` for the one that the others are told in. */
export function standingCell(clock: ReportClock, report: ClocksReport): string {
  if (clock.reference) return "reference";
  if (clock.kind === "none") return clock.matches > 0 ? "placed by record" : "";
  if (clock.floating) return "no date";
  if (isAlone(clock, report)) return "nothing shared";
  return clock.matches === 0 && (clock.offset?.best ?? 0) === 0 ? "" : offsetCell(clock.offset);
}

/** Clocks that tell or are told any time: each reference, and behind it those that are told in it; then the others. */
export function telling(report: ClocksReport): ReportClock[] {
  const some = report.clocks.filter(({ kind, matches }) => kind !== "none" || matches > 0);
  const references = some.filter(({ reference }) => reference);
  const groupOf = (clock: ReportClock): number => {
    if (clock.reference) return references.indexOf(clock);
    if (clock.matches === 0) return references.length;
    const path = referenceFor(clock, report);
    const group = references.findIndex(({ sources }) => sources.includes(path));
    return group < 0 ? references.length : group;
  };
  return some
    .map((clock) => ({ clock, group: groupOf(clock) }))
    .sort((a, b) => a.group - b.group || Number(b.clock.reference ?? 0) - Number(a.clock.reference ?? 0))
    .map(({ clock }) => clock);
}

/** Sources without any time, in a sentence; empty where there are none. */
export function timelessWords({ clocks }: ClocksReport): string {
  const paths = clocks.flatMap(({ kind, matches, sources }) =>
    kind === "none" && matches === 0 ? sources : [],
  );
  if (paths.length === 0) return "";
  const rest = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : "";
  return `without any time: ${paths.slice(0, MOST_NAMED).join(", ")}${rest}`;
}

const MOST_NAMED = 3;

/** How a column of the table is called, and what is in it. */
export const COLUMNS: readonly {
  head: string;
  cell: (clock: ReportClock, report: ClocksReport) => string;
  /** Less wanted columns go first where there is no room, 1 before 2. */
  spare?: number;
  right?: true;
}[] = [
  { head: "stamps", cell: ({ kind }) => kind, spare: 4 },
  { head: "resolution", cell: resolutionCell, right: true, spare: 5 },
  {
    head: "zone",
    cell: ({ zone, year }) => [zone, year].filter((part) => part !== undefined).join(" "),
    spare: 3,
  },
  { head: "host", cell: ({ host }) => host ?? "", spare: 1 },
  { head: "stands for", cell: ({ stands_for }) => stands_for ?? "", spare: 2 },
  { head: "offset", cell: standingCell },
  { head: "drift", cell: ({ drift }) => driftCell(drift, undefined), spare: 6 },
  {
    head: "shared",
    cell: ({ matches, reference }) => (reference || matches === 0 ? "" : `${matches}`),
    right: true,
  },
];

/** The columns in which anything stands. */
export const usedColumns = (report: ClocksReport) =>
  COLUMNS.filter(({ cell }) => telling(report).some((clock) => cell(clock, report) !== ""));

/** The clocks whose place on an axis is known, the reference first. */
export const drawnClocks = (report: ClocksReport): ReportClock[] =>
  telling(report).filter(
    ({ kind, offset, floating, reference, matches }) =>
      offset !== null &&
      (offset.min !== null || offset.max !== null) &&
      !floating &&
      kind !== "none" &&
      (reference || matches > 0 || offset.best !== 0),
  );

/** Clocks that have records to show as proof; those of the reference stand with the clocks that they were compared with. */
export const provenClocks = ({ clocks }: ClocksReport): ReportClock[] =>
  clocks.filter(({ proof, reference }) => proof !== undefined && !reference);

/** `6 clocks of 10 sources, told in the time of docker.log`. */
export function openingWords(report: ClocksReport): string {
  const { clocks, summary } = report;
  const told = clocks.filter(({ reference }) => reference).map(sourceOf);
  const more = told.length > MOST_NAMED ? ` and ${told.length - MOST_NAMED} more` : "";
  const in_ = told.length === 0 ? "" : `, told in the time of ${told.slice(0, MOST_NAMED).join(", ")}${more}`;
  return `${counted(telling(report).length, "clock")} of ${counted(summary.sources, "source")}${in_}`;
}

/** Writes when a record was stamped, by its own clock: with the digits that this clock has. */
export class StampFace {
  private readonly face: Clockface;
  private readonly digitsOf: (source: string) => number;

  constructor(report: ClocksReport) {
    this.face = new Clockface({ timeline: [], summary: report.summary });
    this.digitsOf = stampDigits(report);
  }

  /** What holds for all stamps shown, such as the day. */
  get note(): string {
    return this.face.note || (this.face.day ? `${this.face.day}, UTC` : "UTC");
  }

  of({ stamp, time, time_of_day, elapsed, source }: ReportEvidence): string {
    const digits = this.digitsOf(source);
    return stamp === undefined
      ? this.face.when(time, { ...(time_of_day && { time_of_day }), ...(elapsed && { elapsed }) }, digits)
      : this.face.point(stamp, digits);
  }
}
