/** @jsxImportSource preact */
import type { ReportClock, ReportSource } from "../../contract.js";
import { duration, signed } from "../../durations.js";
import { gapTimes } from "../../gap-words.js";
import { mayBeNone } from "../../offset-words.js";
import { counted, grouped } from "../../page.js";
import type { Density } from "../../study.js";
import { rfc3339 } from "../../times.js";
import { choose } from "../../view-rows.js";
import { type Coverage, coverageOf, wholeOf } from "../coverage.js";
import { contextOf, ticks } from "../timeline/axis.js";
import type { View } from "../view.js";
import { Axis, percent } from "./figure.js";
import { Section } from "./words.js";

/** Sources that the page describes. */
const MOST_SOURCES = 150;
const TICKS = 7;
/** Gaps that a source tells of and that are written out. */
const MOST_GAPS = 4;

/** Which source covers which time, and what became of its records. */
export const CoverageTable = ({ view }: { view: View }) => {
  const { report, study } = view;
  if (report.sources.length === 0) return null;
  const cited = new Set(report.timeline.map(({ source }) => source));
  const rank = ({ path, unparsed }: ReportSource) => (cited.has(path) ? 0 : unparsed > 0 ? 1 : 2);
  const shown = choose(report.sources, MOST_SOURCES, rank);
  const left = report.sources.length - shown.length;
  const bySource = densitiesBySource(study.picture.densities);
  return (
    <Section id="coverage" title="What was looked at" note={counted(report.sources.length, "source")}>
      <table class="coverage stacking">
        <thead>
          <tr>
            <th scope="col">source</th>
            <th scope="col">
              <TimeAxis view={view} />
            </th>
            <th scope="col" class="number">
              records
            </th>
            <th scope="col" class="number">
              not understood
            </th>
            <th scope="col">clock</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((source) => (
            <SourceRow
              key={source.path}
              view={view}
              source={source}
              densities={bySource.get(source.path) ?? []}
            />
          ))}
        </tbody>
      </table>
      {left > 0 && <p>{counted(left, "more source")} in the JSON report.</p>}
      <p class="legend">
        Broken line: no record in that time; either nothing happened, or nothing was recorded.
      </p>
    </Section>
  );
};

function densitiesBySource(densities: readonly Density[]): Map<string, Density[]> {
  const bySource = new Map<string, Density[]>();
  for (const density of densities) {
    const own = bySource.get(density.source);
    if (own) own.push(density);
    else bySource.set(density.source, [density]);
  }
  return bySource;
}

const TimeAxis = ({ view: { study } }: { view: View }) => {
  const { picture } = study;
  if (picture.origin === null) return <>time</>;
  const whole = wholeOf(picture);
  const marks = ticks(picture.origin, whole, TICKS);
  return (
    <>
      <span class="context">{contextOf(picture.origin, whole, marks)}</span>
      <Axis ticks={marks.map(({ at, label }) => ({ share: at / whole.to, label }))} />
    </>
  );
};

const SourceRow = ({
  view,
  source,
  densities,
}: {
  view: View;
  source: ReportSource;
  densities: Density[];
}) => {
  const { path, format, records, unparsed, generic, from, to, time_of_day, elapsed, gaps = [] } = source;
  const { picture } = view.study;
  const coverage = coverageOf(source, densities, picture);
  const on = view.report.clocks.find(({ id }) => id === source.clock);
  return (
    <tr>
      <th scope="row">
        <span class="place">{path}</span> <small>{format}</small>
      </th>
      <td class="stretches" data-label="time">
        {coverage && <Stretches coverage={coverage} whole={wholeOf(picture).to} />}
        <small>
          {from
            ? `${view.clock.point(from, 0)} to ${view.clock.point(to ?? from, 0)}${longestGap(coverage, view)}`
            : undatedWords(time_of_day ?? elapsed)}
        </small>
        {gaps.slice(0, MOST_GAPS).map((gap) => (
          <small key={gap.offset} class="told-gap">
            <br />
            {gap.why}, {gapTimes(gap, view.clock)}
            {gap.line === undefined ? "" : ` (line ${gap.line})`}
          </small>
        ))}
        {gaps.length > MOST_GAPS && <small> and {counted(gaps.length - MOST_GAPS, "more gap")}</small>}
      </td>
      <td class="number" data-label="records">
        {grouped(records)}
      </td>
      <td class="number" data-label="not understood">
        {unparsed > 0 ? <b>{grouped(unparsed)}</b> : "0"}
        {generic ? <small> and only the time of {grouped(generic)}</small> : null}
      </td>
      <td data-label="clock">{clockWords(source.clock, on)}</td>
    </tr>
  );
};

const undatedWords = (span: { from: string; to: string } | undefined) =>
  span ? `${span.from.slice(0, -7)} to ${span.to.slice(0, -7)}, no date` : "no times";

function clockWords(id: string, clock: ReportClock | undefined): string {
  if (!clock || clock.kind === "none") return "none";
  const best = clock.offset?.best;
  return clock.floating ? `${id}, no date` : best && !mayBeNone(clock.offset!) ? `${id} ${signed(best)}` : id;
}

function longestGap(coverage: Coverage | undefined, { study, clock }: View): string {
  const gap = coverage?.gaps.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a), { from: 0, to: 0 });
  if (!gap || gap.to === 0) return "";
  const since = rfc3339(Math.round(study.picture.origin! + gap.from));
  return `; longest gap ${duration(gap.to - gap.from)}${since ? ` from ${clock.point(since, 0)}` : ""}`;
}

const Stretches = ({ coverage, whole }: { coverage: Coverage; whole: number }) => (
  <svg class="bar" width="100%" height="14" aria-hidden="true">
    {coverage.gaps.map(({ from, to }) => (
      <line key={from} class="gap" x1={percent(from / whole)} x2={percent(to / whole)} y1="7" y2="7" />
    ))}
    {coverage.covered.map(({ from, to }) => (
      <rect
        key={from}
        class="covered"
        x={percent(from / whole)}
        width={percent(Math.max((to - from) / whole, LEAST_SHARE))}
        y="2"
        height="10"
      />
    ))}
  </svg>
);

/** A moment is drawn so wide that it is seen. */
const LEAST_SHARE = 0.003;
