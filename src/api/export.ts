/** Evidence and findings in the forms of other tools. */
export { LimitError } from "../evidence/archive/limits.js";
export { indexTemplate } from "../export/ecs/template.js";
export { json } from "../export/json.js";
export type { ExportAccount } from "../run/export/account.js";
export { exportEvidence } from "../run/export/export.js";
