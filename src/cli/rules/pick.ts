import type { Rule } from "../../api/rules.js";
import { nearest } from "../../api/rules.js";
import { UsageError } from "../output.js";

/** The rules of these ids. Throws UsageError for one that there is not, with the one that may be meant. */
export function pick(rules: readonly Rule[], ids: readonly string[]): Rule[] {
  return ids.map((id) => {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule) return rule;
    const meant = nearest(
      id,
      rules.map((candidate) => candidate.id),
    );
    const hint = meant === undefined ? "hindcast rules lists them" : `did you mean ${meant}?`;
    throw new UsageError(`${id}: there is no such rule; ${hint}`);
  });
}
