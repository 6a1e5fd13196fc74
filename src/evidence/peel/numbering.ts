import { most, type Peeler } from "./peeler.js";

/** `cat -n` and `nl`, `less -N` and editors, `bat`, `grep -n` (also with lines of context). */
const NUMBER = /^ *(\d{1,9})(?:\t|[:-]| +(?:\||\xe2\x94\x82) ?| {1,2}(?=\S))/;

const SHARE = 0.8;

/** Numbers that a tool put before each line. */
export const numbering: Peeler = {
  name: "numbering",
  suits: (lines) => {
    let last = 0;
    return most(lines, SHARE, (line) => {
      const number = Number(NUMBER.exec(line)?.[1] ?? Number.NaN);
      // Process ids and seconds stand before lines too: line numbers rise.
      const rises = number > last;
      if (rises) last = number;
      return rises;
    });
  },
  begin: () => (line) => line.replace(NUMBER, ""),
};
