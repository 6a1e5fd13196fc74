/** Texts of tokens → their values. */

/** `\'` is in no documentation; Elasticsearch takes it, and published rules have it. */
const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", "\\": "\\", '"': '"', "'": "'" };

/**
 * The value of a `"…"` string with EQL's escapes: `\n \r \t \\ \"` and `\u{2–8 hex digits}`, which the published page prints with
 * two braces on either side.
 *
 * @returns the value, or the offset in `text` of an escape that EQL does not have
 */
export function unquote(text: string): { value: string } | { badEscapeAt: number } {
  const body = text.slice(1, -1);
  let value = "";
  for (let i = 0; i < body.length; i += 1) {
    if (body[i] !== "\\") {
      value += body[i];
      continue;
    }
    const next = body[i + 1] ?? "";
    const plain = ESCAPES[next];
    if (plain !== undefined) {
      value += plain;
      i += 1;
      continue;
    }
    const unicode = /^u(?:\{([0-9A-Fa-f]{2,8})\}|\{\{([0-9A-Fa-f]{2,8})\}\})/.exec(body.slice(i + 1, i + 14));
    const code = unicode ? Number.parseInt((unicode[1] ?? unicode[2])!, 16) : Number.NaN;
    if (unicode === null || code > 0x10ffff) return { badEscapeAt: i + 1 };
    value += String.fromCodePoint(code);
    i += unicode[0].length;
  }
  return { value };
}

/** A dotted name without its backticks: `` a.`b-c` `` → `a.b-c`. */
export function plainName(text: string): string {
  return text.replace(/`((?:[^`]|``)+)`/g, (_, inner: string) => inner.replaceAll("``", "`"));
}

const MICROS: Record<string, number> = {
  nanos: 0.001,
  micros: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};

/** `5s`, `200ms`, `1h` (Elastic's time units) in µs; `undefined` when it is none. */
export function durationMicros(text: string): number | undefined {
  const match = /^(\d{1,15})\s*(nanos|micros|ms|[smhd])$/.exec(text.trim());
  return match ? Number(match[1]) * MICROS[match[2]!]! : undefined;
}
