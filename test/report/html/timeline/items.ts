import { type Item, itemsOf } from "../../../../src/report/html/timeline/items.js";
import type { Bar, Mark } from "../../../../src/report/study.js";

/** A bar of which only what matters is given. Times are points unless `uncertain` µs wide. */
export const bar = (from: number, to: number, more: Partial<Bar> = {}): Bar => ({
  source: "a.log",
  line: 1,
  action: "dns.lookup",
  label: "A? registry.test",
  outcome: "success",
  from: { earliest: from, latest: from },
  to: { earliest: to, latest: to },
  entities: {},
  findingIds: [],
  ...more,
});

export const mark = (time: number, more: Partial<Mark> = {}): Mark => ({
  source: "a.log",
  line: 1,
  action: "dns.query",
  label: "A? registry.test",
  time,
  latest: time,
  entities: {},
  findingIds: [],
  ...more,
});

export const items = (bars: Bar[], marks: Mark[] = []): Item[] => itemsOf({ bars, marks });
