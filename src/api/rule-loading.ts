/** Rules from files of a user. */
export { loadRules } from "../rules/load.js";
