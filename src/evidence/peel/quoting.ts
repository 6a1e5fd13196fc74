import { most, type Peeler } from "./peeler.js";

/** `> ` of mails and Markdown, also nested. */
const MARK = /^ {0,3}(?:> ?)+/;

/** At least every tenth line is quoted. */
const SHARE = 0.1;

const isQuoted = (line: string): boolean => line.startsWith(">") || (line.startsWith(" ") && MARK.test(line));

/** Text that was quoted in a mail or in Markdown. */
export const quoting: Peeler = {
  name: "quoting",
  suits: (lines) => most(lines, SHARE, isQuoted),
  begin: () => (line) =>
    line.charCodeAt(0) === 62 || line.charCodeAt(0) === 32 ? line.replace(MARK, "") : line,
};
