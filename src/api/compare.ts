/** What differs between a good run and a bad one. */
export type * from "../report/compare/contract.js";
export { renderComparisonJson } from "../report/compare/json.js";
export { renderComparisonMarkdown } from "../report/compare/markdown.js";
export { withNamesCompared } from "../report/compare/names.js";
export { renderComparison } from "../report/compare/text.js";
export { type CompareOptions, compare } from "../run/compare/compare.js";
