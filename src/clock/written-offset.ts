import type { StampKind } from "../model/stamp.js";
import { zone } from "./parts.js";
import { isAbsolute, isDated } from "./stamps.js";

const OFFSET = /:\d\d(?:[.,]\d+)? ?([+-]\d\d(?::?\d\d)?)$/;

/**
 * The offset that a stamp names in digits, µs east of UTC. `Z` and `UTC` are not counted: many programs write UTC on hosts in any zone.
 * @returns `undefined` when it names none
 */
export function writtenOffset(kind: StampKind, text: string): number | undefined {
  if (kind === "epoch" || !(isAbsolute(kind) || isDated(kind))) return undefined;
  const [, offset] = OFFSET.exec(text) ?? [];
  return offset === undefined ? undefined : zone(offset, 0);
}
