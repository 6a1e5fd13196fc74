import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Study } from "../study.js";
import { HtmlDocument } from "./document.js";
import { harmless } from "./harmless.js";
import { viewOf } from "./view.js";

export interface HtmlOptions {
  /** Bytes of evidence that the page carries at most; 1,000,000 when absent. What has no room is left out, least telling first, and the page says so. */
  maxEvidence?: number;
}

/**
 * The report as one HTML file: it opens from disk, asks no network, can be read without JavaScript, and prints. The same study gives the same bytes.
 * @param study as it was gathered; hostile texts in it become visible escapes
 */
export function renderHtml(study: Study, options: HtmlOptions = {}): string {
  const view = viewOf(harmless(study), options.maxEvidence);
  return `<!doctype html>\n${renderToString(h(HtmlDocument, { view }))}\n`;
}
