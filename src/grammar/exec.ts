import type { Fields } from "../model/event.js";
import type { Shape } from "./types.js";
import { UnreadableRecord } from "./unreadable.js";

/** Longest record in bytes that a regex is run on. */
export const MAX_RECORD = 1 << 20;

export { UnreadableRecord };

/**
 * Matches a whole record against a shape. `undefined` when it does not match, is longer than 1 MiB, or needs more
 * stack than V8's regex engine has.
 */
export function matchShape(shape: Shape, record: string): Fields | undefined {
  if (record.length > MAX_RECORD) return undefined;
  try {
    shape.regex.lastIndex = 0;
    const match = shape.regex.exec(record);
    return match === null ? undefined : shape.decode(match);
  } catch (error) {
    if (error instanceof RangeError || error instanceof UnreadableRecord) return undefined;
    throw error;
  }
}
