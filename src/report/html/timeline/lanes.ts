import type { Density, EntityKind } from "../../study.js";
import { type Item, isBar } from "./items.js";
import { type Track, trackOf } from "./track.js";

/** What lanes stand for: the file that a record is from, or what it is about, of one kind or of all. */
export const LANE_MODES = [
  "source",
  "entity",
  "container",
  "bridge",
  "resolver",
  "registry",
  "host",
] as const;
export type LaneMode = (typeof LANE_MODES)[number];

export const ENTITY_KINDS: readonly EntityKind[] = ["container", "bridge", "resolver", "registry", "host"];

/** A row of a view: what one source tells, or what concerns one entity. */
export interface Lane {
  label: string;
  densities: Density[];
  /** Bars that overlap stand in rows of their own as far as there is room. */
  rows: Track[];
  marks: Track;
}

/** More would make a lane so high that others are out of sight; what has no row shares one. */
const MOST_ROWS = 6;

/** The lane of what names no entity of the wanted kind. */
const NAMELESS = "concerns none of these";

/**
 * Puts items into lanes: those with records that findings cite come first, and the lane of what names no entity last.
 * @param items in order; those that a filter leaves out are not among them
 * @param densities of sources that a filter leaves out are not among them
 */
export function lanesOf(items: Item[], densities: Density[], mode: LaneMode): Lane[] {
  const lanes = new Map<string, { items: Item[]; densities: Density[] }>();
  const laneOf = (label: string) => {
    let lane = lanes.get(label);
    if (!lane) lanes.set(label, (lane = { items: [], densities: [] }));
    return lane;
  };
  if (mode === "source") for (const density of densities) laneOf(density.source).densities.push(density);
  for (const item of items) for (const label of labelsOf(item, mode)) laneOf(label).items.push(item);
  return [...lanes]
    .map(([label, lane]) => ({ label, cited: lane.items.some(isCited), ...lane }))
    .sort((a, b) => rank(a) - rank(b))
    .map(({ label, items: own, densities }) => ({
      label,
      densities,
      rows: rowsOf(own.filter(isBar)).map(trackOf),
      marks: trackOf(own.filter((item) => !isBar(item))),
    }));
}

const isCited = ({ findingIds }: Item) => findingIds.length > 0;
const rank = ({ label, cited }: { label: string; cited: boolean }) =>
  label === NAMELESS ? 2 : cited ? 0 : 1;

function labelsOf({ source, entities }: Item, mode: LaneMode): string[] {
  if (mode === "source") return [source];
  const kinds = mode === "entity" ? ENTITY_KINDS : [mode];
  const labels = kinds.flatMap((kind) => (entities[kind] === undefined ? [] : `${kind} ${entities[kind]}`));
  return labels.length > 0 ? labels : [NAMELESS];
}

/** The first row that is free takes a bar; when all are taken and there may be no more, the one that is free soonest. */
function rowsOf(bars: Item[]): Item[][] {
  const rows: Item[][] = [];
  const ends: number[] = [];
  for (const bar of bars) {
    let row = ends.findIndex((end) => end <= bar.from.earliest);
    if (row < 0) row = rows.length < MOST_ROWS ? rows.push([]) - 1 : ends.indexOf(Math.min(...ends));
    rows[row]!.push(bar);
    ends[row] = Math.max(ends[row] ?? Number.NEGATIVE_INFINITY, bar.to.latest);
  }
  return rows;
}
