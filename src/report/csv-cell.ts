import { neutral } from "./neutral.js";

/**
 * What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), also behind blanks, which some of them drop, and
 * full-width, as input methods write the signs.
 */
const FORMULA = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * A text as one cell of CSV (RFC 4180): harmless to print, and an apostrophe in front where a spreadsheet would take it for a formula.
 */
export function csvCell(text: string): string {
  const harmless = neutral(FORMULA.test(text) ? `'${text}` : text);
  return /[",]/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
