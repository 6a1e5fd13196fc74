import type { Peeler } from "./peeler.js";

/** What word processors, wikis and mail programs make of a program's characters (UTF-8 as latin1), and what these were. */
const WERE: readonly (readonly [string, string])[] = [
  ["\xe2\x80\x9c", '"'],
  ["\xe2\x80\x9d", '"'],
  ["\xe2\x80\x9e", '"'],
  ["\xe2\x80\x98", "'"],
  ["\xe2\x80\x99", "'"],
  ["\xe2\x80\x93", "-"],
  ["\xc2\xa0", " "],
  ["\xe2\x80\xaf", " "],
  ["\xe2\x80\x8b", ""],
  ["\xef\xbb\xbf", ""],
  ["&quot;", '"'],
  ["&#34;", '"'],
  ["&#39;", "'"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&nbsp;", " "],
  // Last: what it hides must not be read twice.
  ["&amp;", "&"],
];

/** Punctuation that Markdown editors escape. */
const ESCAPED = /\\([[\]_*<>`#|~])/g;

const ODD = new RegExp(`${WERE.map(([odd]) => odd).join("|")}|${ESCAPED.source}`);

const FIRST = ["\xe2\x80", "\xc2\xa0", "\xef\xbb", "&", "\\"];

/** Most lines have nothing that one of these begins with. */
const isOdd = (line: string): boolean => FIRST.some((first) => line.includes(first)) && ODD.test(line);

/** Text that went through a word processor, a wiki's editor or a web page. */
export const typography: Peeler = {
  name: "typography",
  suits: (lines) => lines.some(isOdd),
  begin: () => (line) => {
    if (!isOdd(line)) return line;
    let plain = line;
    for (const [odd, was] of WERE) if (plain.includes(odd)) plain = plain.replaceAll(odd, was);
    return plain.replace(ESCAPED, "$1");
  },
};
