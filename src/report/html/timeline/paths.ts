import { overview } from "./density.js";
import { type Extent, shareOf } from "./extent.js";
import { BAR, HISTOGRAM, heightOfRate, MARK, SUCCESS_INSET } from "./geometry.js";
import type { Item } from "./items.js";
import type { Lane } from "./lanes.js";

/** Still pictures are drawn on a grid of so many columns, which the page stretches to its width: their size has a bound. */
export const COLUMNS = 1000;
/** So many columns of the histogram: finer ones could not be told apart on paper. */
const BINS = 250;

/** The area below the number of records; empty without any. */
export function densityPath({ densities }: Lane, whole: Extent): string {
  const sums = overview(densities, whole, BINS);
  const peak = sums.reduce((a, b) => Math.max(a, b), 0);
  const width = COLUMNS / BINS;
  let path = "";
  let inside = false;
  sums.forEach((sum, i) => {
    const open = sum > 0;
    const top = (HISTOGRAM - Math.max(1, heightOfRate(sum, peak) * (HISTOGRAM - 2))).toFixed(1);
    if (open && !inside) path += `M${i * width} ${HISTOGRAM}`;
    if (open) path += `V${top}H${(i + 1) * width}`;
    else if (inside) path += `V${HISTOGRAM}`;
    inside = open;
  });
  return inside ? `${path}V${HISTOGRAM}` : path;
}

/** The column of a moment; what lies outside is on the border. */
const column = (whole: Extent, at: number) =>
  Math.min(COLUMNS - 1, Math.max(0, Math.round(shareOf(whole, at) * COLUMNS)));

/** Draws stretches as boxes; those that touch become one. */
function boxes(stretches: [from: number, to: number][], y: number, height: number): string {
  const sorted = stretches.sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined.map(([from, to]) => `M${from} ${y}h${to - from}v${height}h${from - to}z`).join("");
}

/** Bars of one outcome (`undefined`: how far the ends of all are uncertain), row below row. */
export function barsPath({ rows }: Lane, whole: Extent, y: number, outcome: Item["outcome"]): string {
  return rows
    .map(({ items }, row) => {
      const own = outcome === undefined ? items : items.filter((item) => item.outcome === outcome);
      // A healthy transaction is half as high: failures stand out without colours, too.
      const [top, height] = outcome === "success" ? [SUCCESS_INSET, BAR - 2 * SUCCESS_INSET] : [1, BAR - 2];
      return boxes(
        own.map((item) => sureOrPossible(item, whole, outcome)),
        y + row * BAR + top,
        height,
      );
    })
    .join("");
}

function sureOrPossible({ from, to }: Item, whole: Extent, outcome: Item["outcome"]): [number, number] {
  const [start, end] = outcome === undefined ? [from.earliest, to.latest] : [from.latest, to.earliest];
  const first = column(whole, Math.min(start, end));
  return [first, Math.max(first + 1, column(whole, end))];
}

/** Marks as lines, cited ones as high as the histogram; the widths in which uncertain ones lie. */
export function marksPath({ marks }: Lane, whole: Extent, kind: "cited" | "other" | "uncertain"): string {
  if (kind === "uncertain") {
    const wide = marks.items.filter(
      ({ from }) => column(whole, from.latest) > column(whole, from.earliest) + 1,
    );
    return boxes(
      wide.map(({ from }) => [column(whole, from.earliest), column(whole, from.latest)]),
      HISTOGRAM - MARK,
      MARK,
    );
  }
  const own = marks.items.filter(({ findingIds }) => findingIds.length > 0 === (kind === "cited"));
  const columns = new Set(own.map(({ from }) => column(whole, from.earliest)));
  const top = kind === "cited" ? 0 : HISTOGRAM - MARK;
  return [...columns].map((x) => `M${x} ${top}V${HISTOGRAM}`).join("");
}
