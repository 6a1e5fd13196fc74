import { decodeBytes } from "../../report/utf8.js";
import { cut } from "../../report/width.js";

/** So many lines are shown before a record, and after it. */
export const MOST_LINES = 3;
/** So many bytes before a record, and after it, are looked at for them. */
export const AROUND_BYTES = 4096;
/** Characters of a line that are shown. */
const MOST_CHARACTERS = 1024;

/** What lies before and after a record: lines as bytes (latin1), in the file's order. */
export interface Around {
  before: string[];
  after: string[];
}

/**
 * The last lines of a text that ends where a record begins.
 * @param fromStart the text begins where the file does; else it may begin within a line, which is left out
 */
export function linesBefore(text: string, fromStart: boolean): string[] {
  const end = text.lastIndexOf("\n");
  if (end < 0) return [];
  const lines = text.slice(0, end).split("\n");
  return (fromStart ? lines : lines.slice(1)).slice(-MOST_LINES);
}

/** The first lines of a text that begins with the last byte of a record; one that goes on behind the text is cut there. */
export function linesAfter(text: string): string[] {
  const begin = text.indexOf("\n");
  if (begin < 0) return [];
  const rest = text.slice(begin + 1);
  const lines = rest.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  return lines.slice(0, MOST_LINES);
}

/** A line of bytes as it is shown. */
export function lineOf(bytes: string): string {
  const text = decodeBytes(bytes.replace(/\r$/, "").slice(0, MOST_CHARACTERS * 4));
  return text.length > MOST_CHARACTERS ? cut(text, MOST_CHARACTERS) : text;
}
