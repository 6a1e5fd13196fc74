import { DIRECT } from "../model/direct.js";
import { fieldsRead } from "../rules/fields-read.js";
import type { Rule } from "../rules/rule.js";
import { FIELDS_READ } from "../timeline/transactions/index.js";

/** Which fields of an event somebody may read, by `event.action`; of an action that is not in it, all. */
export type AskedFields = ReadonlyMap<string, ReadonlySet<string>>;

/** What of events of the commonest kinds an analysis by these rules reads; nothing else of them is taken from thread to thread. */
export function askedFields(rules: readonly Rule[]): AskedFields {
  const asked = fieldsRead(rules, Object.keys(FIELDS_READ));
  return new Map(
    [...asked].map(([action, names]) => [action, new Set([...FIELDS_READ[action]!, ...DIRECT, ...names])]),
  );
}
