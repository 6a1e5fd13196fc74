import type { Peeler } from "./peeler.js";

/**
 * A number sign, and a log line's time behind it: syslog's and journalctl's (`Mar  2 10:00:01`, also `3月 02 …`), ISO 8601, the kernel's, logfmt's, CoreDNS' level.
 */
const MARK =
  /^ {0,8}# ?(?=(?:(?:[A-Z][a-z]{2}|1?\d(?:\xe6\x9c\x88|\xec\x9b\x94)) [ 0-3]\d|\d{4}-\d\d-\d\d[T ]\d\d|time="\d{4}-|\[ *\d{1,9}\.\d{6}\] |\[(?:INFO|WARNING|ERROR|FATAL)\] ))/;

const isCommentedOut = (line: string): boolean => line.includes("#") && MARK.test(line);

/** Log lines among the commands of notes, commented out so that the whole stays a script. Other comments are left as they are. */
export const commenting: Peeler = {
  name: "commenting",
  // What stands behind the sign is no sentence of a comment: nobody begins one with a time.
  harmless: true,
  suits: (lines) => lines.some(isCommentedOut),
  begin: () => (line) => (isCommentedOut(line) ? line.replace(MARK, "") : line),
};
