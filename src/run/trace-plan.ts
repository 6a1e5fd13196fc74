import { indifferent } from "../rules/indifference.js";
import type { Rule } from "../rules/rule.js";
import { TRACED_CONNECT, TRACED_EXCHANGE } from "../timeline/settler/trace-portrait.js";
import type { TraceSettlerOptions } from "../timeline/settler/trace-settler.js";

/** Which exchanges that traces show make no difference to these rules. */
export type TracePlan = Pick<TraceSettlerOptions, "minds" | "connects">;

/** Decides which events of healthy exchanges may be dropped; `undefined`: the rules ask about them. */
export function tracePlan(rules: readonly Rule[]): TracePlan | undefined {
  const exchanges = indifferent(rules, TRACED_EXCHANGE);
  if (exchanges === undefined) return undefined;
  const connects = indifferent(rules, [TRACED_CONNECT]);
  return {
    minds: exchanges.minds,
    connects: connects !== undefined && connects.dimensions.size === 0 && connects.minds === undefined,
  };
}
