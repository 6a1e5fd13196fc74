import { most, type Peeler } from "./peeler.js";

/** A path as `grep -H` prints it before a line. Blanks in names are not expected. */
const MATCH = /^([^\s:]{1,300}):(?!\/\/)/;
/** With `-n`, the line's number follows it; lines of context have dashes. */
const NUMBERED = /^(?:([^\s:]{1,300}):\d{1,9}:|([^\s:]{0,300}?[^\s:-])-\d{1,9}-)/;
/** Has a folder, an ending or at least letters. */
const NAME = /[./]|^[A-Za-z]/;

const SHARE = 0.8;
const FEW = 2;

/** The prefix of a line and the name in it. */
function prefixed(form: RegExp, line: string): [prefix: string, name: string] | undefined {
  const match = form.exec(line);
  const name = match?.[1] ?? match?.[2];
  return match && name !== undefined && NAME.test(name) ? [match[0], name] : undefined;
}

/** The names of files that `grep` put before the lines that it found in them, in one of its forms. */
const names = (name: string, form: RegExp): Peeler => ({
  name,
  suits: (lines) => {
    const found = new Map<string, number>();
    const named = most(lines, SHARE, (line) => {
      const file = prefixed(form, line)?.[1];
      if (file !== undefined) found.set(file, (found.get(file) ?? 0) + 1);
      return file !== undefined || line === "--";
    });
    // Words before a colon are no names where each line has another.
    return named && [...found].some(([file, count]) => count >= FEW || file.includes("/"));
  },
  begin: (about) => (line) => {
    const found = prefixed(form, line);
    if (!found) return line;
    about.file(found[1]);
    return line.slice(found[0].length);
  },
});

/** With numbers of lines. Many programs' own lines begin with a number: all lines must have one. */
export const numberedNames = names("numbered-names", NUMBERED);
export const fileNames = names("file-names", MATCH);
