import type { Item } from "./items.js";
import type { Lane } from "./lanes.js";
import { itemAt } from "./track.js";

/** How a lane is laid out, px: the histogram with the marks over it, below it the rows of bars. */
export const HISTOGRAM = 24;
export const BAR = 7;
/** A mark that no finding cites is so high; cited ones are as high as the histogram. */
export const MARK = 9;
/** A healthy transaction is lower by so much above and below: failures stand out without colours, too. */
export const SUCCESS_INSET = 2;

/** Where the rows of bars begin. */
export const rowsTop = ({ densities, marks }: Lane): number =>
  densities.length > 0 || marks.items.length > 0 ? HISTOGRAM : 0;

export const heightOf = (lane: Lane): number => rowsTop(lane) + lane.rows.length * BAR;

/** Where a height in records is drawn, 0 to 1: small counts stay visible beside large ones. */
export const heightOfRate = (rate: number, peak: number): number => (peak > 0 ? Math.sqrt(rate / peak) : 0);

/**
 * What is meant by pointing at a lane: what lies there, else what is near in the other rows.
 * @param y px below the lane's upper end
 * @param at µs after the origin
 * @param reach µs that one may miss it by
 */
export function pointedAt(lane: Lane, y: number, at: number, reach: number): Item | undefined {
  const row = Math.floor((y - rowsTop(lane)) / BAR);
  const track = row < 0 ? lane.marks : lane.rows[row];
  const there = track && itemAt(track, at, reach);
  if (there) return there;
  const near = [lane.rows[row - 1], lane.rows[row + 1], row < 2 ? lane.marks : undefined];
  return near.flatMap((other) => (other && itemAt(other, at, reach)) ?? [])[0];
}
