import { isBracket, skipBlanks, skipWhite } from "./chars.js";
import { JsonScan } from "./scan.js";

/** Where a record that is a document ends, and where the document in it stands. */
export interface Extent {
  /** Offset of the record's last line end, or the end of the text. */
  end: number;
  /** The document: `[from, to)`. */
  from: number;
  to: number;
  /** `none`: this is no document. `broken`: it begins as one does, and breaks off or goes wrong at `to`. */
  state: "whole" | "broken" | "none";
}

/**
 * Where the JSON record that begins at `at`, where a line does, ends: an object or an array on one line or on many. Of an array, and of
 * a list in a member `items`, whose elements begin on lines of their own, each element is a record; the brackets and members around them
 * belong to the first and the last. So a list of any length is read element by element.
 *
 * A broken record ends before the first line that is not indented more than its own.
 *
 * @param length how much of the text there is
 * @param final nothing follows
 * @returns `undefined`: more is needed to tell
 */
export function jsonExtent(text: string, at: number, length: number, final: boolean): Extent | undefined {
  const start = skipBlanks(text, at, length);
  if (!isBracket(text.charCodeAt(start)) || start >= length)
    return { end: lineEnd(text, at, length), from: start, to: start, state: "none" };
  const split = extentOf(new JsonScan(text, start, length, true), at, final);
  // Elements that share their lines with others cannot be records.
  if (split !== "shared") return split;
  return extentOf(new JsonScan(text, start, length, false), at, final) as Extent | undefined;
}

function extentOf(scan: JsonScan, at: number, final: boolean): Extent | "shared" | undefined {
  const { text, length } = scan;
  const outcome = scan.value();
  if (outcome === "more" && !final) return undefined;
  const { from } = scan;
  const to = scan.at;
  if (!scan.convincing && !isEmpty(text, from, to, outcome))
    return { end: lineEnd(text, at, length), from, to, state: "none" };
  if (outcome !== "whole") {
    const end = endOfBroken(text, from, length);
    return end >= length && !final ? undefined : { end, from, to, state: "broken" };
  }
  let next = skipBlanks(text, to, length);
  const hasComma = text[next] === ",";
  if (hasComma) next = skipBlanks(text, next + 1, length);
  if (next < length && text[next] !== "\n") {
    if (hasComma && scan.inShell) return "shared";
    if (hasComma || !isCloser(text[next]))
      return { end: lineEnd(text, to, length), from, to, state: "broken" };
  }
  if (next >= length && !final) return undefined;
  if (hasComma) return { end: Math.min(next, length), from, to, state: "whole" };
  if (!scan.tail(to) && !final) return undefined;
  return { end: lineEnd(text, scan.at, length), from, to, state: "whole" };
}

/** `[]` and `{}`: a list of nothing. */
const isEmpty = (text: string, from: number, to: number, outcome: string): boolean =>
  outcome === "whole" && skipWhite(text, from + 1, to) === to - 1;

const isCloser = (char: string | undefined): boolean => char === "]" || char === "}";

function lineEnd(text: string, at: number, length: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 || newline > length ? length : newline;
}

/** Behind the lines that are indented more than the first, and the bracket that closes it. */
function endOfBroken(text: string, from: number, length: number): number {
  const begin = text.lastIndexOf("\n", from) + 1;
  const indent = from - begin;
  let end = lineEnd(text, from, length);
  while (end < length) {
    const line = end + 1;
    const first = skipBlanks(text, line, length);
    const isBlankLine = first >= length || text[first] === "\n";
    if (!isBlankLine && first - line <= indent) {
      const closes = first - line === indent && isCloser(text[first]);
      return closes ? lineEnd(text, first, length) : end;
    }
    const next = lineEnd(text, line, length);
    if (isBlankLine && skipWhite(text, next, length) >= length) return end;
    end = next;
  }
  return end;
}
