/** Severities, in their order. */
export { compareSeverity, SEVERITIES, type Severity } from "../model/finding.js";
