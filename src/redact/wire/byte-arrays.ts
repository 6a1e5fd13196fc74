import { replaceSpans, type Span } from "../text/span.js";
import type { TextMasker } from "../text-masker.js";

/** Bytes as a list of numbers: how journalctl writes what is no UTF-8, or has control characters (`-o json`). */
const ARRAY = /\[\s*(\d{1,3}(?:\s*,\s*\d{1,3}){7,65536})\s*\]/g;

/** Finds texts that are written as lists of bytes. What is masked in them makes a string of the list, which says the same to readers. */
export function findByteArrays(text: string, masker: TextMasker, spans: Span[]): void {
  if (!text.includes("[")) return;
  for (const { index, 0: list, 1: numbers } of text.matchAll(ARRAY)) {
    const bytes = numbers!.split(",").map(Number);
    if (bytes.some((byte) => byte > 255)) continue;
    const plain = Buffer.from(bytes).toString("latin1");
    const found = masker.spans(plain);
    if (found.length === 0) continue;
    const masked = replaceSpans(plain, found).replace(/[^\x20-\x7e]/g, (char) => escapeOf(char));
    const now = JSON.stringify(masked).replaceAll(/\\\\u(00[0-9a-f]{2})/g, "\\u$1");
    spans.push({ start: index, end: index + list.length, text: now, secret: true });
  }
}

const escapeOf = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
