/** hindcast as a library: what the command line does, without a terminal. Queries, exports, masking, and tools for rules and formats have entries of their own (`hindcast/query`, …). */
export * from "./api/analysis.js";
export * from "./api/clocks.js";
export * from "./api/compare.js";
export * from "./api/events.js";
export * from "./api/grammars.js";
export * from "./api/markdown.js";
export * from "./api/rules.js";
export * from "./api/severity.js";
export * from "./api/study.js";
export * from "./api/terminal.js";
export { VERSION } from "./version.js";
