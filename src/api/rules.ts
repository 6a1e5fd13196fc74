/** The built-in rules, and words about rules. */
export { inWords } from "../rules/command.js";
export { type EqlProblem, nearest, renderProblem } from "../rules/eql/problem.js";
export { rules } from "../rules/generated.js";
export type { Rule } from "../rules/rule.js";
