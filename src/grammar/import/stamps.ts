import { STAMP_TOKENS } from "../draft/lexemes.js";
import type { Regex } from "./pcre.js";
import { subsetOf } from "./subset.js";

/** Times as each token reads them, with and without fractions. */
const EXAMPLES: Record<string, readonly string[]> = {
  RFC3339: [
    "2026-11-22T03:52:32Z",
    "2026-11-22T03:52:32.525Z",
    "2026-11-22T03:52:32.525263Z",
    "2026-11-22T03:52:32+03:00",
    "2026-11-22T03:52:32.525263+0300",
    "2026-11-22T03:52:32,525+0300",
  ],
  DATETIME: [
    "2026-11-22 03:52:32",
    "2026-11-22 03:52:32.525",
    "2026-11-22 03:52:32,525",
    "2026-11-22 03:52:32.525263",
    "2026-11-22T03:52:32",
    "2026-11-22T03:52:32.525",
    "2026-11-22T03:52:32.525263",
  ],
  CTIME: ["Sun Nov 22 03:52:32 2026", "Sun Nov 22 03:52:32.525263 2026"],
  SYSLOG_TIME: ["Nov 22 03:52:32", "Nov  2 03:52:32"],
  CLF_TIME: ["22/Nov/2026:03:52:32 +0000"],
  SLASHED: ["2026/11/22 03:52:32", "2026/11/22 03:52:32.525263"],
  DAY_FIRST: ["22-Nov-2026 03:52:32", "22-Nov-2026 03:52:32.525"],
  TOD: ["03:52:32", "03:52:32.525", "03:52:32.525263"],
  EPOCH: ["1795319552", "1795319552.525", "1795319552.525263"],
};

/** What reads the times that an expression matches, as choices in its place; nothing when none of the known forms is one. */
export function stampOf(regex: Regex): Regex | undefined {
  const source = subsetOf(regex);
  if (source === undefined) return undefined;
  const whole = new RegExp(`^(?:${source})$`);
  const found = STAMP_TOKENS.filter(({ token }) => EXAMPLES[token]!.some((example) => whole.test(example)));
  const items = found.map(({ token, regex: own, as }) => stampToken(token, own, as));
  return items.length > 1 ? { kind: "choice", items } : items[0];
}

/** One of the tokens that read times. */
export function stampToken(token: string, source: string, as: string | undefined): Regex {
  return { kind: "known", token, source, builtin: as === undefined, ...(as && { as }) };
}
