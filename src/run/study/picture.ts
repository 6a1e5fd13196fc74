import type { Diagnosis } from "../../diagnosis/index.js";
import type { Event } from "../../model/event.js";
import { isFloating } from "../../model/time.js";
import type { Bar, Density, Mark, Picture, Span } from "../../report/study.js";
import type { SourceDensity } from "./densities.js";
import type { StudyLimits } from "./limits.js";
import { keyOf, placeOf } from "./places.js";
import { barOf, type Moment, markOf, type SeenBar, type SeenMark, startOf } from "./seen.js";
import { chosen } from "./selection.js";
import { findingStretches } from "./stretches.js";
import type { PictureTaker } from "./taker.js";
import { shown } from "./words.js";

/** What a picture is made of. */
export interface PictureInput {
  taker: PictureTaker;
  densities: readonly SourceDensity[];
  diagnosis: Diagnosis;
  /** Paths of the sources, by their numbers, as the report shows them. */
  paths: readonly string[];
  /** Hosts that sources are of, where that is known. */
  hosts: ReadonlyMap<number, string>;
  limits: Pick<StudyLimits, "bars" | "marks">;
}

/** Puts together what is drawn on the common clock. */
export function pictureOf({ taker, densities, diagnosis, paths, hosts, limits }: PictureInput): Picture {
  const citing = citations(diagnosis);
  const near = findingStretches(diagnosis);
  const idsOf = (records: readonly string[]) => [
    ...new Set(records.flatMap((record) => citing.get(record) ?? [])),
  ];
  const barIds = (bar: SeenBar) => idsOf([placeOf(bar), ...bar.records]);
  const markIds = (mark: SeenMark) => idsOf([placeOf(mark)]);

  const matched = taker.matched.flatMap(({ first, last }) => [...first, ...last]);
  const bars = chosen(
    distinct([...matched.flatMap(datedBar), ...taker.bars.trouble.values, ...taker.bars.usual.values]),
    limits.bars,
    near,
    (bar) => ({
      cited: barIds(bar).length > 0,
      trouble: bar.trouble,
      from: bar.from.us,
      to: bar.to.latest,
    }),
  );
  const cited = diagnosis.findings.flatMap(({ evidence }) => evidence);
  const marks = chosen(
    distinct([...cited.flatMap(datedMark), ...taker.marks.trouble.values, ...taker.marks.usual.values]),
    limits.marks,
    near,
    (mark) => ({
      cited: markIds(mark).length > 0,
      trouble: mark.trouble,
      from: mark.at.us,
      to: mark.at.latest,
    }),
  );

  const { origin, end } = extentOf(densities, bars, marks);
  const since = ({ us, ns }: Moment) => (ns === 0 ? us - origin : ((us - origin) * 1000 + ns) / 1000);
  const span = (moment: Moment): Span => {
    const earliest = since(moment);
    // A moment that is bounded on one side only may lie anywhere until the end.
    return { earliest, latest: Math.max(earliest, Math.min(moment.latest, end) - origin) };
  };
  const told = ({ source, line, action, label, entities }: SeenBar | SeenMark) => {
    const host = entities.host ?? hosts.get(source);
    return {
      source: paths[source] ?? "?",
      line,
      action,
      label,
      entities: host === undefined ? entities : { ...entities, host: shown(host) },
    };
  };
  return {
    origin: Number.isFinite(origin) ? origin : null,
    length: Number.isFinite(origin) ? end - origin : 0,
    densities: densities.map((density): Density => densityOf(density, origin, paths)),
    bars: bars
      .map(
        (bar): Bar => ({
          ...told(bar),
          outcome: bar.outcome,
          from: span(bar.from),
          to: span(bar.to),
          findingIds: barIds(bar),
        }),
      )
      .sort((a, b) => a.from.earliest - b.from.earliest || a.to.earliest - b.to.earliest || inFile(a, b)),
    marks: marks
      .map((mark): Mark => {
        const { earliest: time, latest } = span(mark.at);
        const { stamped } = mark;
        return {
          ...told(mark),
          time,
          latest,
          ...(stamped !== undefined && { stamped: since({ ...mark.at, us: stamped }) }),
          findingIds: markIds(mark),
        };
      })
      .sort((a, b) => a.time - b.time || inFile(a, b)),
    totals: {
      bars: Math.max(bars.length, taker.bars.trouble.total + taker.bars.usual.total),
      marks: Math.max(marks.length, taker.marks.trouble.total + taker.marks.usual.total),
      records: sum(densities.filter(({ isWhole }) => isWhole).flatMap(({ counts }) => counts)),
    },
  };
}

/** Which findings cite a record. */
function citations({ findings }: Diagnosis): ReadonlyMap<string, readonly string[]> {
  const citing = new Map<string, string[]>();
  for (const { id, evidence } of findings) {
    for (const event of evidence) {
      const place = placeOf(event);
      const ids = citing.get(place);
      if (!ids) citing.set(place, [id]);
      else if (!ids.includes(id)) ids.push(id);
    }
  }
  return citing;
}

const datedBar = (event: Event): SeenBar[] => {
  const start = startOf(event);
  return start === undefined || Number.isNaN(event.time) || isFloating(start) ? [] : [barOf(event)];
};

const datedMark = (event: Event): SeenMark[] =>
  Number.isNaN(event.time) || isFloating(event.time) ? [] : [markOf(event)];

/** Each once. */
function distinct<T extends SeenBar | SeenMark>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

/** From when to when there is anything, µs since the epoch. The origin is where a bin of each density begins. */
function extentOf(
  densities: readonly SourceDensity[],
  bars: readonly SeenBar[],
  marks: readonly SeenMark[],
): { origin: number; end: number } {
  let [from, end, widest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1];
  const stretch = (first: number, last: number) => {
    from = Math.min(from, first);
    end = Math.max(end, last);
  };
  for (const { width, first, counts } of densities) {
    widest = Math.max(widest, width);
    stretch(first * width, (first + counts.length) * width);
  }
  for (const { from: begun, to } of bars) stretch(begun.us, bounded(to));
  for (const { at } of marks) stretch(at.us, bounded(at));
  return { origin: Math.floor(from / widest) * widest, end };
}

const bounded = ({ us, latest }: Moment): number => (Number.isFinite(latest) ? latest : us);

const densityOf = (
  { source, width, first, counts, estimated }: SourceDensity,
  origin: number,
  paths: readonly string[],
): Density => ({
  source: paths[source] ?? "?",
  width,
  first: first - origin / width,
  counts,
  ...(estimated && { estimated: true as const }),
});

const inFile = (a: Bar | Mark, b: Bar | Mark): number =>
  compare(a.source, b.source) || a.line - b.line || compare(a.action, b.action);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
