import { neutral } from "../neutral.js";
import { cut } from "../width.js";

/**
 * Text as Jira's wiki markup shows it
 * (https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all). A backslash takes the meaning from
 * `- # * _ + ? ^ ~ | % { } [ ] ( ) ! @`, and from nothing else; so what has a meaning without them is taken apart by a blank: links by their
 * scheme, smileys, a backslash before one of these characters (`\\` is a line break). Proof stands in `{noformat}`, where
 * no blank is put in.
 */
const ALWAYS = /[#*_^~|{}[\]!@]/g;
/** Strikes, inserts, citations and dashes at a word's edge or doubled; keys of issues. */
const AT_EDGE = /^[-+?%]|[-+?%]$|[-+?%](?=[-+?%])|(?<=[-+?%])[-+?%]|(?<=\b[A-Za-z][A-Za-z0-9_]+)-(?=\d)/g;
/** `:)`, `;)`, `(x)`, `(on)`. */
const FACE = /[:;]-?[()]|\((?:[yni/x!+?*-]|on|off|flag(?:off)?|\*[rgby])\)/;
const LINK = /([a-z][a-z0-9+.-]*:)(?=\/\/)|(mailto:)(?=\S)/gi;
const LETTER_FACE = /(?<!\w)([:;]-?)(?=[DPp](?!\w))/g;
const BACKSLASH = /\\(?=[-#*_+?^~|%{}[\]()!@\\])/g;
/** What means something at the beginning of a line: headings and quotations. */
const OPENING = /^(h[1-6]|bq)(?=\.(?: |$))/;
const ENTITY = /&(?=#?\w+;)/g;

function word(text: string): string {
  const apart = text
    .replace(BACKSLASH, "\\ ")
    .replace(LINK, "$1$2 ")
    .replace(LETTER_FACE, "$1 ")
    .replace(ENTITY, "& ");
  return apart
    .split(" ")
    .map((piece) => {
      const escaped = piece.replace(AT_EDGE, "\\$&").replace(ALWAYS, "\\$&");
      return FACE.test(piece) ? escaped.replace(/[()]/g, "\\$&") : escaped;
    })
    .join(" ");
}

/** Inline text that does nothing. Backticks of our rules, which mark code, become monospaced text. */
export function jiraProse(text: string, most = 2000): string {
  const harmless = cut(neutral(text), most).trim();
  return harmless
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? monospaced(part) : part.split(" ").map(word).join(" ")))
    .join("")
    .replace(OPENING, "$1 ");
}

/** A value as monospaced text. */
export const jiraCode = (text: string): string => monospaced(neutral(text));

const monospaced = (harmless: string): string => {
  const escaped = harmless.trim().split(" ").map(word).join(" ");
  // Braces that touch would be read as one.
  return escaped === "" ? "" : `{{${escaped}}}`;
};

/** A line within `{noformat}`, which only another one ends. */
export const withinNoformat = (text: string, most: number): string =>
  cut(neutral(text), most).replace(/\{(?=noformat)/gi, "\\x7b");
