import type { Entities, Outcome, Picture, Span } from "../../study.js";

/** A bar or a mark of the picture: whatever can be pointed at, found and listed. Times are µs after the picture's origin. */
export interface Item {
  /** `b12`, `m3`: its place among the picture's bars or marks. */
  key: string;
  source: string;
  line: number;
  action: string;
  label: string;
  from: Span;
  /** For a mark the same as `from`. */
  to: Span;
  /** Absent: a single event. */
  outcome?: Outcome;
  stamped?: number;
  entities: Entities;
  findingIds: string[];
}

/** All bars and marks, ordered by when they began at the earliest. */
export function itemsOf({ bars, marks }: Pick<Picture, "bars" | "marks">): Item[] {
  const items: Item[] = bars.map((bar, i) => ({ ...bar, key: `b${i}` }));
  marks.forEach(({ time, latest, ...mark }, i) => {
    const moment = { earliest: time, latest: Math.max(time, latest) };
    items.push({ ...mark, key: `m${i}`, from: moment, to: moment });
  });
  return items.sort((a, b) => a.from.earliest - b.from.earliest);
}

export const isBar = (item: Item): boolean => item.outcome !== undefined;

/** The stretch in which an item can have been going on. */
export const stretchOf = ({ from, to }: Item): { from: number; to: number } => ({
  from: from.earliest,
  to: Math.max(from.latest, to.latest),
});
