import { mainFormat } from "../decode/text/claim.js";
import { indifferent } from "../rules/indifference.js";
import type { Rule } from "../rules/rule.js";
import { TRACED_CONNECT, TRACED_EXCHANGE } from "../timeline/settler/trace-portrait.js";
import type { TraceSettlerOptions } from "../timeline/settler/trace-settler.js";
import type { Surveyed } from "./survey.js";

/** Which exchanges that traces show make no difference to these rules. */
export type TracePlan = Pick<TraceSettlerOptions, "minds" | "connects">;

/** Does the source show system calls? */
export const isTrace = ({ kind, detection }: Surveyed): boolean =>
  kind === "text" && mainFormat(detection)?.name === "strace";

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
