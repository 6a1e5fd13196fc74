import { codeSpan, fenced, inCell, prose } from "./escape.js";
import type { Cell, Markup } from "./markup.js";
import { gantt } from "./mermaid.js";
import type { Part } from "./part.js";

/** A table in GitHub's Markdown; `right` names the columns of numbers. Cells are harmless. */
export function table(
  head: readonly string[],
  rows: readonly string[][],
  right: readonly number[] = [],
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(" | ")} |`;
  return [
    line(head),
    `|${head.map((_, i) => (right.includes(i) ? "---:" : "---")).join("|")}|`,
    ...rows.map(line),
  ];
}

/** A bullet list under a heading; nothing when there is nothing to list. */
export function listBlock(heading: string, texts: readonly string[], most = 20): string[] {
  if (texts.length === 0) return [];
  const items = texts.slice(0, most).map((text) => `- ${prose(text, 1000)}`);
  if (texts.length > most) items.push(`- and ${texts.length - most} more`);
  return [`## ${heading}`, "", ...items];
}

const cellText = (cell: Cell): string =>
  typeof cell === "string" ? cell : codeSpan(cell.code) + (cell.note ?? "");

/** A title in own words: between tags a renderer still makes links of mentions. */
function details(title: string, part: Part): Part {
  return {
    ...part,
    open: ["<details>", `<summary>${title}</summary>`, "", ...part.open],
    close: [...part.close, "", "</details>"],
  };
}

/**
 * GitHub Flavored Markdown (https://github.github.com/gfm/), which GitLab reads alike
 * (https://docs.gitlab.com/user/markdown/): both fold `<details>` and draw Mermaid.
 *
 * No line begins with a record's own text: robots that read comments take their commands from the beginning of lines, in fences too.
 */
export const gfm: Markup = {
  heading: (level, inline) => `${"#".repeat(level)} ${inline}`,
  prose,
  code: codeSpan,
  strong: (inline) => `**${inline}**`,
  note: (inline) => `_${inline}_`,
  item: (inline) => `- ${inline}`,
  step: (number, inline) => `${number}. ${inline}`,
  within: (line) => (line === "" ? "" : `   ${line}`),
  verbatim(rows, most = 400) {
    // The fence must be longer than what any row holds, those that are cut included.
    const [open = "", ...rest] = fenced(rows.flat(), most);
    const close = rest.pop() ?? "";
    let at = 0;
    const lines = rows.map((row) => {
      at += row.length;
      return rest.slice(at - row.length, at);
    });
    return { open: [open], rows: lines, close: [close] };
  },
  table({ head, rows, right }) {
    const [names = "", rule = "", ...lines] = table(
      head,
      rows.map((row) => row.map(cellText)),
      right,
    );
    return { open: [names, rule], rows: lines.map((line) => [line]), close: [] };
  },
  folded: details,
  foldedBelow: details,
  picture: (bars) => ({
    open: ["```mermaid"],
    rows: [gantt(bars)],
    close: ["```"],
    evidence: "picture",
  }),
};
