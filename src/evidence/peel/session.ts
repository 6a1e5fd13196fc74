import type { About, Peeler } from "./peeler.js";

/** `user@host:dir$ command`, `[user@host dir]# command`, perhaps with the time before it. */
const PROMPT =
  /^(?:\[?\d\d:\d\d(?::\d\d)?\]? )?(?:\([\w.-]+\) ?)?\[?[\w.-]+@([A-Za-z0-9][\w.-]*)(?:[: ][^$#%>\n]{0,200})?[$#%] ?(.*)$/;
/** The first lines of `tail -f A B` and `head A B`: what follows is that file's. */
const HEADER = /^==> (.+) <==$/;
/** What is shown of one file. */
const SHOWS =
  /^(?:sudo +)?(?:cat|less|more|head|tail|zcat|zless|bat|nl)(?: +-[\w=-]+(?: +\d+)?)* +(\/[^\s|;&<>]+|[\w.-]+\/[^\s|;&<>]+)\s*(?:\||$)/;

/** Takes the terminal's own lines for what they tell of those that follow. No line is changed. */
export const session: Peeler = {
  name: "session",
  harmless: true,
  suits: (lines) => lines.some((line) => isPrompt(line) || (line.startsWith("=") && HEADER.test(line))),
  begin: (about) => (line) => {
    const first = line.charCodeAt(0);
    if (first === 61) {
      const header = HEADER.exec(line);
      if (header) about.file(header[1]);
    } else if (line.includes("@")) prompted(line, about);
    return line;
  },
};

function isPrompt(line: string): boolean {
  return line.includes("@") && PROMPT.test(line);
}

function prompted(line: string, about: About): void {
  const prompt = PROMPT.exec(line);
  if (!prompt) return;
  about.host(prompt[1]!.toLowerCase());
  about.file(SHOWS.exec(prompt[2]!)?.[1]);
}
