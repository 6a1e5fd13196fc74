import type { Report } from "./contract.js";
import { DETAILS } from "./markdown/detail.js";
import { partsOf } from "./markdown/document.js";
import { firstOf, fitted } from "./markdown/fit.js";
import { bytes, type Flavor, LIMITS } from "./markdown/flavor.js";
import { gfm } from "./markdown/gfm.js";
import { jira } from "./markdown/jira.js";
import type { Markup } from "./markdown/markup.js";

export interface MarkdownOptions {
  /** Whose markup is written; GitHub's when absent. */
  flavor?: Flavor;
  /** At most so many bytes of UTF-8; when absent what the tracker takes ({@link LIMITS}). */
  maxBytes?: number | undefined;
}

const MARKUPS: Readonly<Record<Flavor, Markup>> = { github: gfm, gitlab: gfm, jira };

/**
 * The report for a ticket: title, story with its proof, what to do, timeline, sources. Nothing from evidence acts in it: no link, mention,
 * image, tag or macro is made of it.
 *
 * It is never longer than the tracker takes. First evidence is left out, the last line first; then texts that must stay become shorter, and
 * lists of them too. The end says what is missing.
 */
export function renderMarkdown(
  report: Report,
  { flavor = "github", maxBytes }: MarkdownOptions = {},
): string {
  const markup = MARKUPS[flavor];
  const limit = maxBytes === undefined ? LIMITS[flavor] : bytes(maxBytes);
  for (const detail of DETAILS) {
    const text = fitted(partsOf(report, markup, detail), limit, markup);
    if (text !== undefined) return text;
  }
  return firstOf(partsOf(report, markup, DETAILS.at(-1)!), limit, markup);
}
