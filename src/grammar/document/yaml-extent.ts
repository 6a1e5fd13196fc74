import type { Extent } from "./extent.js";

/** An API object's version names its group, or begins with `v`: other files of settings have `apiVersion: 1`. */
const VERSION = String.raw`apiVersion: +["']?(?:[a-z][a-z0-9.-]*\/)?v\d\w*["']?[ \t]*\r?$`;
const OBJECT = new RegExp(VERSION, "my");
/** An element of a list of objects. */
const ELEMENT = new RegExp(`( {0,2})- ${VERSION}`, "my");
const MARKER = /---[ \t]*\r?$/my;
const BEHIND_MARKER = new RegExp(String.raw`${VERSION}|kind: +[A-Z]\w*[ \t]*\r?$|items:[ \t]*\r?$`, "my");
const ITEMS = /items:[ \t]*\r?$/my;
/**
 * What goes on with an object: indented lines, elements, comments, and keys of its own. A value has no `: ` unless in quotes; what programs say of
 * themselves (`error: …`) is no key.
 */
const INSIDE =
  /[ \t]+\S|-(?:[ \t]|\r?$)|#|(?!error:|warning:|fatal:)[a-z]\w*:(?:[ \t]*\r?$|[ \t]+["'|>[{]|[ \t](?!.*: ))/my;
/** Members of a list behind its items. */
const BEHIND_ITEMS =
  /kind: +\w*List[ \t]*\r?$|metadata:(?: +\{\})?[ \t]*\r?$| {2}(?:resourceVersion|selfLink|continue|remainingItemCount): .*$/my;
const END = /\.\.\.[ \t]*\r?$/my;
const BLANK = /[ \t]*\r?$/my;

const stands = (expression: RegExp, text: string, at: number): boolean => {
  expression.lastIndex = at;
  return expression.test(text);
};

/** Bytes with which a YAML record can begin, at its first three places: see `Shape.begins`. */
export const YAML_BEGINS = ["  --aa", "  --pp", "  --aaii"];

/**
 * Where the YAML record that begins at `at` ends: an API object, which is known by its first line, up to `---`, `...` or a line that cannot
 * belong to it. Each of a list's `items` that begins with its version is a record; the members around them belong to the first
 * and the last. Whether it parses is not asked here: where records end does not depend on it.
 *
 * @param length how much of the text there is
 * @param final nothing follows
 * @returns `undefined`: more is needed to tell; `none`: no YAML begins here
 */
export function yamlExtent(
  text: string,
  at: number,
  length: number,
  final: boolean,
): Extent | "none" | undefined {
  const lines = new Lines(text, length, final);
  if (stands(ELEMENT, text, at)) return elementExtent(lines, at);
  let from = at;
  if (stands(MARKER, text, at)) {
    const next = lines.after(at);
    if (next === undefined) return final ? "none" : undefined;
    if (!stands(BEHIND_MARKER, text, next)) return "none";
    from = next;
  } else if (!stands(OBJECT, text, at)) return "none";
  return objectExtent(lines, from);
}

function objectExtent(lines: Lines, from: number): Extent | undefined {
  const { text } = lines;
  let end = lines.endOf(from);
  for (let line: number | undefined = from; ; ) {
    const isList = stands(ITEMS, text, line);
    line = lines.after(line);
    if (line === undefined) return lines.final ? { end, from, to: end, state: "whole" } : undefined;
    if (isList && stands(ELEMENT, text, line)) return elementExtent(lines, line);
    if (stands(BLANK, text, line)) continue;
    if (stands(END, text, line)) return { end: lines.endOf(line), from, to: end, state: "whole" };
    if (!stands(INSIDE, text, line)) return { end, from, to: end, state: "whole" };
    end = lines.endOf(line);
  }
}

function elementExtent(lines: Lines, from: number): Extent | undefined {
  const { text } = lines;
  ELEMENT.lastIndex = from;
  const indent = ELEMENT.exec(text)![1]!.length;
  let to = lines.endOf(from);
  let line = lines.after(from);
  for (; line !== undefined; line = lines.after(line)) {
    if (stands(BLANK, text, line)) continue;
    if (indentOf(text, line) <= indent) break;
    to = lines.endOf(line);
  }
  let end = to;
  for (; line !== undefined && stands(BEHIND_ITEMS, text, line); line = lines.after(line))
    end = lines.endOf(line);
  if (line !== undefined && stands(END, text, line)) end = lines.endOf(line);
  return line === undefined && !lines.final ? undefined : { end, from, to, state: "whole" };
}

function indentOf(text: string, at: number): number {
  let i = at;
  while (text.charCodeAt(i) === 32) i++;
  return i - at;
}

/** The lines of a text of which so much is there. */
class Lines {
  constructor(
    readonly text: string,
    private readonly length: number,
    readonly final: boolean,
  ) {}

  endOf(line: number): number {
    const newline = this.text.indexOf("\n", line);
    return newline < 0 || newline > this.length ? this.length : newline;
  }

  /** Where the next line begins; `undefined` when nothing of it is there, or, unless that is all, not its end. */
  after(line: number): number | undefined {
    const next = this.endOf(line) + 1;
    if (next >= this.length) return undefined;
    return this.final || this.endOf(next) < this.length ? next : undefined;
  }
}
