/** Why a rule did not fire. */
export { renderExplained } from "../report/explained/text.js";
export { explainRule } from "../run/rules/explain.js";
