export { diagnose } from "./diagnose.js";
export type { CauseLink, Diagnosis, LinkedRule, Story } from "./types.js";
