import { createRequire } from "node:module";

/** What this file needs of markdown-it's tokens. */
interface Token {
  type: string;
  tag: string;
  info: string;
  content: string;
  children: Token[] | null;
}

const load = (): { parse(text: string, env: object): Token[] } | undefined => {
  try {
    const MarkdownIt = createRequire(import.meta.url)("markdown-it");
    return new MarkdownIt({ html: true, linkify: true });
  } catch {
    return undefined;
  }
};
/** A renderer for CommonMark with tables, tags and bare links; absent where it is not installed. */
export const renderer = load();

/** All HTML that a report has of its own. */
const OWN_TAG = /^\s*(?:<\/?details>|<summary>[\w ,;:()-]*<\/summary>)\s*$/;
const INLINE = new Set([
  "text",
  "code_inline",
  "strong_open",
  "strong_close",
  "em_open",
  "em_close",
  "softbreak",
]);
const BLOCK =
  /^(?:heading|paragraph|ordered_list|bullet_list|list_item|table|thead|tbody|tr|th|td)_(?:open|close)$|^(?:inline|fence|html_block)$/;
/** What trackers act on in text that no renderer of CommonMark minds. */
const LIVELY =
  /(?<![\w`])[@#]\w|:\/\/\S|www\.|\w@\w|(?<!\w)[!%]\w|[~&$]\w|\b[A-Za-z][A-Za-z0-9_]+-\d+\b|\b[0-9a-f]{7,40}\b|:[a-z+-]+:|\[\[/;
/** A line of our Gantt chart. */
const PICTURE =
  /^(?:gantt| {2}(?:dateFormat|axisFormat|tickInterval|todayMarker|section) [\w:%. -]+| {2}\d+ [\p{L}\p{N}' -]* :[\w:,. -]+)$/u;

function inlineTrouble({ type, content }: Token): string[] {
  if (!INLINE.has(type)) return [`${type}: ${content}`];
  return type === "text" && LIVELY.test(content.replaceAll("SHA-256", "")) ? [`acts: ${content}`] : [];
}

function blockTrouble({ type, tag, info, content, children }: Token): string[] {
  if (!BLOCK.test(type)) return [`${type}: ${content}`];
  if (type === "html_block")
    return content
      .trim()
      .split("\n")
      .filter((line) => !OWN_TAG.test(line));
  if (type === "fence" && info === "mermaid")
    return content
      .trimEnd()
      .split("\n")
      .filter((line) => !PICTURE.test(line));
  if (type === "fence" && info !== "text") return [`fence of ${info}`];
  if (type.startsWith("heading") && tag !== "h1" && tag !== "h2") return [`heading ${tag}`];
  return (children ?? []).flatMap(inlineTrouble);
}

/** Everything in a report in GitHub's or GitLab's Markdown that is more than text and our own structure. */
export function markdownTrouble(markdown: string): string[] {
  return [
    // Robots read raw lines.
    ...markdown.split("\n").filter((line) => /^\s*\/[a-z]/i.test(line)),
    ...renderer!.parse(markdown, {}).flatMap(blockTrouble),
  ];
}
