import { most, type Peeler } from "./peeler.js";

/** A path as `grep` prints it before a line, with the line's number or without. Blanks in names are not expected. */
const MATCH = /^([^\s:]{1,300}):(?:\d{1,9}:(?!\d\d:))?(?!\/\/)/;
/** Its lines of context have dashes. */
const CONTEXT = /^([^\s:]{0,300}?[^\s:-])-\d{1,9}-/;
/** Has a folder, an ending or at least letters. */
const NAME = /[./]|^[A-Za-z]/;

const SHARE = 0.8;
const FEW = 2;

function matched(line: string): RegExpExecArray | undefined {
  const match = MATCH.exec(line);
  return match && NAME.test(match[1]!) ? match : undefined;
}

/** The names of files that `grep` put before the lines that it found in them. */
export const fileNames: Peeler = {
  name: "file-names",
  suits: (lines) => {
    const names = new Map<string, number>();
    const named = most(lines, SHARE, (line) => {
      const file = matched(line)?.[1];
      if (file !== undefined) names.set(file, (names.get(file) ?? 0) + 1);
      return file !== undefined || CONTEXT.test(line) || line === "--";
    });
    // Each line would be another file's: these are no names.
    return named && [...names.values()].some((lines) => lines >= FEW);
  },
  begin: (about) => (line) => {
    const found = matched(line) ?? CONTEXT.exec(line);
    if (!found) return line;
    about.file(found[1]);
    return line.slice(found[0].length);
  },
};
