import { histogram } from "../../timeline/density.js";
import type { Extent } from "../../timeline/extent.js";
import {
  BAR,
  HISTOGRAM,
  heightOf,
  heightOfRate,
  MARK,
  rowsTop,
  SUCCESS_INSET,
} from "../../timeline/geometry.js";
import type { Item } from "../../timeline/items.js";
import type { Lane } from "../../timeline/lanes.js";
import { type Track, within } from "../../timeline/track.js";
import type { Palette } from "./palette.js";

/** How lanes are drawn in one frame. */
export interface Brush {
  extent: Extent;
  /** px of the page. */
  width: number;
  /** Device pixels for each of them. */
  ratio: number;
  palette: Palette;
  /** Keys of what stands out. */
  outstanding: Set<string>;
  /** True when the rest is pale. */
  dims: boolean;
  /** True when a filter leaves out part of what the histograms count. */
  pale: boolean;
}

const PALE = 0.3;

/** Draws a lane into its canvas: only what is in view, and what falls into one pixel once. */
export function paintLane(canvas: HTMLCanvasElement, lane: Lane, brush: Brush): void {
  const { width, ratio } = brush;
  const height = heightOf(lane);
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  paintDensity(context, lane, brush);
  paintMarks(context, lane.marks, brush);
  const top = rowsTop(lane);
  for (const [i, row] of lane.rows.entries()) paintRow(context, row, top + i * BAR, brush);
}

/** px of a moment; what is out of sight is kept just outside. */
const placer = ({ extent: { from, to }, width }: Brush) => {
  const scale = width / (to - from);
  return (at: number) => Math.min(width + 4, Math.max(-4, (at - from) * scale));
};

function paintDensity(context: CanvasRenderingContext2D, { densities }: Lane, brush: Brush): void {
  const x = placer(brush);
  const pixel = (brush.extent.to - brush.extent.from) / brush.width;
  const { steps, peak } = histogram(densities, brush.extent, pixel);
  context.fillStyle = brush.palette.density;
  for (const { from, to, count, estimated } of steps) {
    context.globalAlpha = brush.pale ? 0.2 : estimated ? 0.35 : 0.5;
    const high = Math.max(1, heightOfRate(count / (to - from), peak) * (HISTOGRAM - 2));
    const left = x(from);
    context.fillRect(left, HISTOGRAM - high, Math.max(1, x(to) - left), high);
  }
  context.globalAlpha = 1;
}

/** How something is drawn: pale beside what stands out, and that last. */
type Tone = "plain" | "pale" | "outstanding";

const toneOf = (item: Item, { outstanding, dims }: Brush): Tone =>
  outstanding.has(item.key) ? "outstanding" : dims ? "pale" : "plain";

function paintMarks(context: CanvasRenderingContext2D, track: Track, brush: Brush): void {
  const x = placer(brush);
  const { mark, text, selected } = brush.palette;
  const [first, end] = within(track, brush.extent);
  for (const [tone, cited] of [
    ["pale", false],
    ["pale", true],
    ["plain", false],
    ["plain", true],
    ["outstanding", false],
    ["outstanding", true],
  ] as const) {
    const wide = tone === "outstanding" || cited ? 2 : 1;
    const top = cited ? 0 : tone === "outstanding" ? HISTOGRAM / 3 : HISTOGRAM - MARK;
    context.fillStyle = tone === "outstanding" ? selected : cited ? text : mark;
    let [drawn, covered] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = first; i < end; i++) {
      const item = track.items[i]!;
      if (item.findingIds.length > 0 !== cited || toneOf(item, brush) !== tone) continue;
      const left = x(item.from.earliest);
      const solid = tone === "pale" ? PALE : 1;
      const right = x(item.from.latest);
      if (right - left > wide && right > covered) {
        const start = Math.max(left, covered);
        context.globalAlpha = solid * PALE;
        context.fillRect(start, HISTOGRAM - MARK, right - start, MARK);
        covered = right;
      }
      if (left - drawn < 1) continue;
      drawn = left;
      context.globalAlpha = solid;
      context.fillRect(Math.round(left) - (wide - 1) / 2, top, wide, HISTOGRAM - top);
    }
  }
  context.globalAlpha = 1;
}

function paintRow(context: CanvasRenderingContext2D, track: Track, top: number, brush: Brush): void {
  const x = placer(brush);
  const [first, end] = within(track, brush.extent);
  for (const tone of ["pale", "plain", "outstanding"] as const) {
    for (const outcome of ["success", "unknown", "failure"] as const) {
      const inset = outcome === "success" ? SUCCESS_INSET : 1;
      const [y, height] = [top + inset, BAR - 2 * inset];
      const solid = tone === "pale" ? PALE : 1;
      context.fillStyle = tone === "outstanding" ? brush.palette.selected : brush.palette[outcome];
      context.strokeStyle = context.fillStyle;
      let drawn = Number.NEGATIVE_INFINITY;
      for (let i = first; i < end; i++) {
        const item = track.items[i]!;
        if (item.outcome !== outcome || toneOf(item, brush) !== tone) continue;
        const [left, right] = [x(item.from.earliest), Math.max(x(item.to.latest), x(item.from.earliest) + 1)];
        if (right - drawn < 1) continue;
        drawn = right;
        const [sureFrom, sureTo] = [x(item.from.latest), x(item.to.earliest)];
        context.globalAlpha = solid * PALE;
        if (sureFrom > left || sureTo < right) context.fillRect(left, y, right - left, height);
        context.globalAlpha = solid;
        if (sureTo >= sureFrom) context.fillRect(sureFrom, y, Math.max(1, sureTo - sureFrom), height);
        else context.strokeRect(left + 0.5, y + 0.5, Math.max(0, right - left - 1), height - 1);
      }
    }
  }
  context.globalAlpha = 1;
}
