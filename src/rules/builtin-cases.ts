import { rules as builtin } from "./generated.js";
import { cases } from "./generated-cases.js";
import type { Rule } from "./rule.js";

/** The rules with their cases, which built-in ones are loaded without. Import it lazily. */
export function withCases(rules: readonly Rule[]): Rule[] {
  const own = new Set(builtin);
  return rules.map((rule) => (own.has(rule) ? { ...rule, cases: cases[rule.id] ?? [] } : rule));
}

const ids = new Set(builtin.map(({ id }) => id));

/** Is this a rule of the catalogue, with its cases or without? */
export const isBuiltin = ({ id }: Rule): boolean => ids.has(id);
