const UNITS: Record<string, number> = {
  ns: 1,
  us: 1e3,
  "\xc2\xb5s": 1e3,
  "\xce\xbcs": 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const PART = /(\d+(?:\.\d+)?)([a-zA-Z\x80-\xff]+)/y;

/**
 * Nanoseconds of a Go duration (`4.002s`, `1m2.5s`, `250ms`); `undefined` when it is none.
 * Format: https://pkg.go.dev/time#ParseDuration
 */
export function duration(text: string): number | undefined {
  const negative = text.charCodeAt(0) === 45;
  let sum = 0;
  PART.lastIndex = negative ? 1 : 0;
  while (PART.lastIndex < text.length) {
    const part = PART.exec(text);
    const unit = part ? UNITS[part[2]!] : undefined;
    if (!part || unit === undefined) return undefined;
    sum += Number(part[1]) * unit;
  }
  if (text.length === (negative ? 1 : 0)) return undefined;
  return Math.round(negative ? -sum : sum);
}
