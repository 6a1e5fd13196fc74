import { neutral } from "../../neutral.js";
import type { Bar, Density, Entities, Mark, Outcome, Picture } from "../../study.js";

/** Rows as columns: a text that many rows share is written once, and no key is written twice. Numbers are indices into `texts`. */
interface Columns {
  source: number[];
  line: number[];
  action: number[];
  label: number[];
  /** Indices into `entities`. */
  entities: number[];
  /** Indices into `findings`. */
  findings: number[];
}

/** {@link Picture} for a page: a quarter of its size as JSON, its text made harmless. */
export interface PackedPicture extends Pick<Picture, "origin" | "length" | "totals"> {
  densities: Density[];
  texts: string[];
  entities: Entities[];
  findings: string[][];
  /** `fromFor`, `toFor`, `latestFor`: how long after the earliest time the latest one is, µs. */
  bars: Columns & { outcome: number[]; from: number[]; fromFor: number[]; to: number[]; toFor: number[] };
  /** `stamped`: by row, where it differs. */
  marks: Columns & { time: number[]; latestFor: number[]; stamped: Record<number, number> };
}

const OUTCOMES: readonly Outcome[] = ["success", "failure", "unknown"];

/** Numbers what is seen for the first time, and finds it again. */
function table<T>(keyOf: (value: T) => string) {
  const values: T[] = [];
  const indices = new Map<string, number>();
  const indexOf = (value: T) => {
    const key = keyOf(value);
    const known = indices.get(key);
    if (known !== undefined) return known;
    indices.set(key, values.length);
    return values.push(value) - 1;
  };
  return { values, indexOf };
}

/** Nanoseconds are the finest that a report knows: more digits are noise of the float. */
const ns = (us: number) => Math.round(us * 1000) / 1000;

/**
 * Writes a picture in columns.
 * @returns plain JSON; {@link unpack} gives the picture again, its times to the nanosecond and its text as `neutral` shows it
 */
export function pack({ origin, length, densities, bars, marks, totals }: Picture): PackedPicture {
  const texts = table<string>((text) => text);
  const textOf = (text: string) => texts.indexOf(neutral(text));
  const entities = table<Entities>(JSON.stringify);
  const findings = table<string[]>((ids) => ids.join("\n"));
  const columns = (rows: (Bar | Mark)[]): Columns => ({
    source: rows.map(({ source }) => textOf(source)),
    line: rows.map(({ line }) => line),
    action: rows.map(({ action }) => textOf(action)),
    label: rows.map(({ label }) => textOf(label)),
    entities: rows.map((row) =>
      entities.indexOf(
        Object.fromEntries(Object.entries(row.entities).map(([kind, name]) => [kind, neutral(name)])),
      ),
    ),
    findings: rows.map(({ findingIds }) => findings.indexOf(findingIds)),
  });
  const packedBars = {
    ...columns(bars),
    outcome: bars.map(({ outcome }) => OUTCOMES.indexOf(outcome)),
    from: bars.map(({ from }) => ns(from.earliest)),
    fromFor: bars.map(({ from }) => ns(from.latest - from.earliest)),
    to: bars.map(({ to }) => ns(to.earliest)),
    toFor: bars.map(({ to }) => ns(to.latest - to.earliest)),
  };
  const stamped = marks.flatMap((mark, i) => (mark.stamped === undefined ? [] : [[i, ns(mark.stamped)]]));
  const packedMarks = {
    ...columns(marks),
    time: marks.map(({ time }) => ns(time)),
    latestFor: marks.map(({ time, latest }) => ns(latest - time)),
    stamped: Object.fromEntries(stamped) as Record<number, number>,
  };
  return {
    origin,
    length,
    totals,
    densities: densities.map((density) => ({ ...density, source: neutral(density.source) })),
    bars: packedBars,
    marks: packedMarks,
    texts: texts.values,
    entities: entities.values,
    findings: findings.values,
  };
}

/** The picture that {@link pack} wrote. */
export function unpack({ bars, marks, texts, entities, findings, ...rest }: PackedPicture): Picture {
  const row = (columns: Columns, i: number) => ({
    source: texts[columns.source[i]!]!,
    line: columns.line[i]!,
    action: texts[columns.action[i]!]!,
    label: texts[columns.label[i]!]!,
    entities: entities[columns.entities[i]!]!,
    findingIds: findings[columns.findings[i]!]!,
  });
  const span = (earliest: number, width: number) => ({ earliest, latest: earliest + width });
  return {
    ...rest,
    bars: bars.line.map((_, i) => ({
      ...row(bars, i),
      outcome: OUTCOMES[bars.outcome[i]!]!,
      from: span(bars.from[i]!, bars.fromFor[i]!),
      to: span(bars.to[i]!, bars.toFor[i]!),
    })),
    marks: marks.line.map((_, i) => {
      const stamped = marks.stamped[i];
      const time = marks.time[i]!;
      return {
        ...row(marks, i),
        time,
        latest: time + marks.latestFor[i]!,
        ...(stamped === undefined ? {} : { stamped }),
      };
    }),
  };
}
