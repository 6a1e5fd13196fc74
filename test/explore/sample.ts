import type { Action } from "../../src/explore/keys/action.js";
import { reduce } from "../../src/explore/keys/reduce.js";
import type { Scene } from "../../src/explore/panes/index.js";
import { initialState, type Size, type State } from "../../src/explore/state.js";
import { offsetOf, subjectOf } from "../../src/explore/subject.js";
import { buildReport, type ReportInput } from "../../src/report/document.js";
import type { Bar, Density, Mark, Study } from "../../src/report/study.js";
import { micros } from "../../src/report/times.js";
import { badDns } from "../report/sample-bad-dns.js";

/** What holds of every hand-made study: it began there, and took a minute. */
export const ORIGIN = micros("2026-11-22T00:52:00.000000000Z");
export const MINUTE = 60_000_000;

export const density = (source: string, width: number, first: number, counts: number[]): Density => ({
  source,
  width,
  first,
  counts,
});

export const bar = (
  source: string,
  line: number,
  from: number,
  to: number,
  more: Partial<Bar> = {},
): Bar => ({
  source,
  line,
  action: "dns.lookup",
  label: "A? registry.test",
  outcome: "success",
  from: { earliest: from, latest: from },
  to: { earliest: to, latest: to },
  entities: {},
  findingIds: [],
  ...more,
});

export const mark = (source: string, line: number, time: number, more: Partial<Mark> = {}): Mark => ({
  source,
  line,
  action: "dns.query",
  label: "A? registry.test",
  time,
  latest: time,
  entities: {},
  findingIds: [],
  ...more,
});

/** A study around a report: its cited records as marks, a look-up that failed and one that did not, each source's records by the second. */
export function studyOf(input: ReportInput): Study {
  const report = buildReport(input);
  const placed = { study: { picture: { origin: ORIGIN } } } as Parameters<typeof offsetOf>[0];
  const marks = report.timeline.flatMap((entry): Mark[] => {
    const time = offsetOf(placed, entry.time);
    if (Number.isNaN(time)) return [];
    const { source, line, action, text, findingIds } = entry;
    return [
      mark(source, line, time, { latest: offsetOf(placed, entry.latest), action, label: text, findingIds }),
    ];
  });
  const first = report.sources[0]!.path;
  const bars = [
    bar(first, 300, 27_400_000, 32_400_000, {
      label: "A? docker.moscow.corp.test of 172.28.1.15: timeout",
      outcome: "failure",
      entities: { resolver: "172.28.1.15" },
    }),
    bar(first, 301, 32_500_000, 32_501_000, { entities: { resolver: "10.0.0.2" } }),
  ];
  return {
    report,
    picture: {
      origin: ORIGIN,
      length: MINUTE,
      densities: report.sources.map(({ path }, i) => density(path, 1_000_000, 20, Array(20).fill(i + 1))),
      bars,
      marks,
      totals: { bars: bars.length, marks: marks.length, records: report.summary.records },
    },
    ladders: [],
    contexts: report.timeline.slice(0, 1).map(({ source, line }) => ({
      source,
      line,
      offset: 0,
      before: ["the line before"],
      after: ["the line after"],
    })),
  };
}

export const sceneOf = (study: Study, utf8 = true): Scene => ({ subject: subjectOf(study), utf8 });

export const SMALL: Size = { columns: 80, rows: 24 };

/** Somebody at the keyboard: state after state. */
export class Visitor {
  state: State;

  constructor(
    readonly scene: Scene = sceneOf(studyOf(badDns())),
    size: Size = SMALL,
  ) {
    this.state = initialState(scene.subject, size, 27_400_000);
  }

  do(...actions: Action[]): this {
    for (const action of actions) this.state = reduce(this.state, action, this.scene);
    return this;
  }

  /** Keys by their names, such as `j` or `pagedown`. */
  press(...keys: string[]): this {
    return this.do(...keys.map((key): Action => ({ type: "key", key })));
  }

  /** Letters one by one. */
  type(text: string): this {
    return this.press(...text);
  }
}
