/** How the clocks of all sources stand to each other. */
export { clocksOf, isAboutClocks, renderClocksJson } from "../report/clocks.js";
export { renderClocksMarkdown } from "../report/clocks-markdown.js";
export { renderClocks } from "../report/clocks-terminal.js";
export { clocks } from "../run/clocks.js";
