/**
 * Wildcards: `*` is any run of characters, `?` exactly one. No escapes, as in EQL.
 *
 * The greedy scan goes back to the last star only, so that a text costs at most its length times the pattern's.
 */
export function compileWildcard(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
  const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  if (!/[*?]/.test(wanted)) return (text) => fold(text) === wanted;
  const parts = wanted.split("*");
  if (!wanted.includes("?")) {
    const [first, last] = [parts[0]!, parts.at(-1)!];
    const inner = parts.slice(1, -1).filter((part) => part !== "");
    return (text) => inOrder(fold(text), first, inner, last);
  }
  return (text) => scan(fold(text), wanted);
}

function inOrder(text: string, first: string, inner: readonly string[], last: string): boolean {
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of inner) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

function scan(text: string, pattern: string): boolean {
  let t = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === "*") {
      star = p;
      resume = t;
      p += 1;
    } else if (wanted === "?" || (wanted !== undefined && wanted === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      t = resume;
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}
