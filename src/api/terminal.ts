/** The report for a terminal. */
export type { PageOptions, PlaceLink } from "../report/page.js";
export { renderTerminal } from "../report/terminal.js";
