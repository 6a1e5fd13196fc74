import type { Report } from "./contract.js";

/** What JSON allows raw in strings but a terminal or an editor may act on: DEL, C1 controls, bidirectional and invisible ones. */
const RISKY = /[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const unicodeEscape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * One value as JSON that is also harmless when it is printed: the same document to a parser, with risky characters
 * (which only occur within strings) in their `\u` form.
 */
export const harmlessJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(RISKY, unicodeEscape);

/** The report as one JSON document, indented by two blanks, with a newline at the end. */
export const renderJson = (report: Report): string => `${harmlessJson(report, 2)}\n`;
