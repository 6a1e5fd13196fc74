import type { Report } from "../contract.js";

/** Breaks comments where a terminal is that wide. */
const WIDTH = 100;

/**
 * What would have settled the open questions, as a POSIX shell script to copy. Whatever is not a command of a rule stands in comments, which no text can leave.
 * @param report its texts harmless
 */
export function collectScript({ missing, version }: Report): string {
  return [
    "#!/bin/sh",
    ...comment(
      `What would have settled the open questions of this report (hindcast ${version}). Replace the names in capitals; stop tcpdump, strace and monitors with Ctrl-C once it has happened again.`,
    ),
    ...missing.flatMap(({ what, why, command }, i) => [
      "",
      ...comment(`${i + 1}. ${oneLine(what)}: ${oneLine(why)}`),
      ...(command === "" ? [] : [command.trim()]),
    ]),
    "",
  ].join("\n");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

function comment(text: string): string[] {
  const lines: string[] = [];
  let line = "#";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > WIDTH && line !== "#") {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
