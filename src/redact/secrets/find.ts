import { families } from "./families/index.js";

/** Where a secret lies in a text. */
export interface FoundSecret {
  start: number;
  end: number;
}

/** What the masked text has in place of secrets: such are left alone. */
export const MARK = "REDACTED-";

/**
 * Finds the secrets of all families in a text: a line, a record, or many of them. Families of which no hint stands in the text are
 * passed over; each expression takes time linear in the text.
 */
export function findSecrets(text: string, take: (found: FoundSecret) => void): void {
  const lower = text.toLowerCase();
  for (const { hints, patterns } of families) {
    if (!hints.some((hint) => lower.includes(hint))) continue;
    for (const { pattern, accepts } of patterns) {
      for (const match of text.matchAll(pattern)) {
        const before = match[1]!;
        const secret = match[2]!;
        if (secret === "" || secret.startsWith(MARK) || (accepts && !accepts(secret, before))) continue;
        const start = match.index + match[0].indexOf(secret, before.length);
        take({ start, end: start + secret.length });
      }
    }
  }
}
