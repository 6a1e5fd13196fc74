/** Rules as files: running their cases, drafting them, their way from Sigma and to Elastic. */
export { isBuiltin, withCases } from "../rules/builtin-cases.js";
export { runCases } from "../rules/cases.js";
export { type DraftRecord, draftRule } from "../rules/draft/draft.js";
export { exportElastic } from "../rules/elastic/export.js";
export { importSigma } from "../rules/sigma/import.js";
export { caseRunner } from "../run/cases.js";
