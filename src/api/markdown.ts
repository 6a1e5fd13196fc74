/** The report for a ticket. */
export { renderMarkdown } from "../report/markdown.js";
