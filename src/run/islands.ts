import type { Inferred } from "../clock/inferred.js";
import type { Surveyed } from "./survey.js";

/**
 * Sources that can be put in one order. Those without any stamp come first, as what they tell of the host explains the others; then
 * those on the common clock and each further island, in the order of their first source.
 */
export function islandsOf(
  surveyed: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
): Surveyed[][] {
  const islands = new Map<string | undefined, Surveyed[]>([[undefined, []]]);
  for (const member of surveyed) {
    const name = clocks.get(member.source.id)?.island;
    const island = islands.get(name);
    if (island) island.push(member);
    else islands.set(name, [member]);
  }
  const isStamped = (island: readonly Surveyed[]) => !island.every((member) => isTimeless(member, clocks));
  const filled = [...islands.values()].filter((island) => island.length > 0);
  return [...filled.filter((island) => !isStamped(island)), ...filled.filter(isStamped)];
}

/** Has the source no time at all? */
export const isTimeless = ({ source }: Surveyed, clocks: ReadonlyMap<number, Inferred>): boolean =>
  clocks.get(source.id)!.clock.kind === "none";
