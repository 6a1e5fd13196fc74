import type { Side } from "./side.js";

/**
 * What a side would have needed to show something, and has none of.
 * @param witnesses what showed it on the other side, the best name first
 * @returns `undefined` when it has any of them, so that its silence says something
 */
export function lackedBy(side: Side, witnesses: readonly string[]): string | undefined {
  if (witnesses.length === 0 || witnesses.some((name) => side.witnesses.has(name))) return undefined;
  return witnesses[0];
}
