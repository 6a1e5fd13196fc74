import { momentAt } from "../../timeline/extent.js";
import { pointedAt } from "../../timeline/geometry.js";
import type { Item } from "../../timeline/items.js";
import type { Lane } from "../../timeline/lanes.js";
import type { Model } from "./model.js";

/** px that one may miss something by. */
const REACH = 5;

/** What a pointer is on: a lane, and an item in it if there is one. */
export interface Pointed {
  lane: Lane;
  /** µs after the origin. */
  at: number;
  /** µs of a pixel. */
  pixel: number;
  item: Item | undefined;
}

/** @returns `undefined` outside of the lanes */
export function pointed(model: Model, event: MouseEvent): Pointed | undefined {
  const canvas = event.target;
  if (!(canvas instanceof HTMLCanvasElement)) return undefined;
  const lane = model.lanes[Number(canvas.dataset["lane"])];
  if (!lane) return undefined;
  const box = canvas.getBoundingClientRect();
  const at = momentAt(model.extent, (event.clientX - box.left) / box.width);
  const pixel = (model.extent.to - model.extent.from) / box.width;
  return { lane, at, pixel, item: pointedAt(lane, event.clientY - box.top, at, REACH * pixel) };
}
