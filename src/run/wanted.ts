import { actionsWanted } from "../rules/engine.js";
import type { Rule } from "../rules/rule.js";
import { TRANSACTION_INPUTS } from "../timeline/transactions/index.js";

/**
 * The kinds of event that somebody asks for: what the rules' queries name, and what transactions are made of.
 * `undefined` when a rule wants all events.
 */
export function wantedActions(rules: readonly Rule[]): ReadonlySet<string> | undefined {
  const asked = actionsWanted(rules);
  return asked && new Set([...asked, ...TRANSACTION_INPUTS]);
}
