import type { Report } from "./contract.js";
import { HARMFUL } from "./neutral.js";

const unicodeEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** One character outside of ASCII in its `\u` form: two of them where it is a surrogate pair. Ends of lines are our own. */
const escaped = (char: string) => (char === "\n" ? char : char.split("").map(unicodeEscape).join(""));

/**
 * One value as JSON that is also harmless when it is printed: the same document to a parser, with characters that a terminal or an editor
 * may act on (which only occur within strings) in their `\u` form.
 */
export const harmlessJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(HARMFUL, escaped);

/** The report as one JSON document, indented by two blanks, with a newline at the end. */
export const renderJson = (report: Report): string => `${harmlessJson(report, 2)}\n`;
