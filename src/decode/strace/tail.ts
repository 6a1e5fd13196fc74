/** What strace prints behind a result. */
export interface Tail {
  /** The error's name when the call failed: `ECONNREFUSED`. */
  error: string | undefined;
  /** `(Timeout)`. */
  timeout: boolean;
  /** `-T`: seconds spent in the call as µs; NaN without. */
  spent: number;
  /** `-y`: what the returned descriptor is. */
  note: string | undefined;
}

/**
 * Reads the text behind a call's result: ` ECONNREFUSED (Connection refused) <0.000052>`, `<UDP:[1234]> <0.000049>`. A
 * spreadsheet may have made a column of the span: ` (Timeout) \t5.005197`.
 */
export function readTail(text: string): Tail {
  let end = text.indexOf("\n");
  if (end < 0) end = text.length;
  let at = 0;
  let note: string | undefined;
  if (text.charCodeAt(0) === 60) {
    const close = closing(text, end);
    if (close > 0 && !isSpan(text, 1, close)) {
      note = text.slice(1, close);
      at = close + 1;
    }
  }
  while (at < end && text.charCodeAt(at) === 32) at++;
  let error: string | undefined;
  if (text.charCodeAt(at) === 69) {
    let stop = at + 1;
    for (; stop < end; stop++) {
      const c = text.charCodeAt(stop);
      if (!((c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95)) break;
    }
    error = text.slice(at, stop);
  }
  return { error, timeout: text.startsWith("(Timeout)", at), spent: spentOf(text, at, end), note };
}

function spentOf(text: string, from: number, end: number): number {
  let stop = end;
  while (stop > from && isBlank(text.charCodeAt(stop - 1))) stop--;
  let start = stop - 1;
  if (text.charCodeAt(start) === 62) {
    const open = text.lastIndexOf("<", start);
    return open >= from && isSpan(text, open + 1, start)
      ? Math.round(Number(text.slice(open + 1, start)) * 1e6)
      : Number.NaN;
  }
  while (start >= from && isSpanChar(text.charCodeAt(start))) start--;
  const c = text.charCodeAt(start);
  if ((c !== 9 && c !== 44) || !isSpan(text, start + 1, stop)) return Number.NaN;
  return Math.round(Number(text.slice(start + 1, stop)) * 1e6);
}

const isBlank = (c: number) => c === 32 || c === 9 || c === 34 || c === 13;
const isSpanChar = (c: number) => (c >= 48 && c <= 57) || c === 46;

function isSpan(text: string, from: number, to: number): boolean {
  if (to - from > 20 || to <= from) return false;
  let dots = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (!isSpanChar(c)) return false;
    if (c === 46) dots++;
  }
  return dots === 1;
}

/** Where the annotation that begins at 0 ends. */
function closing(text: string, end: number): number {
  let depth = 0;
  for (let i = 0; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 60) depth++;
    else if (c === 62 && text.charCodeAt(i - 1) !== 45 && --depth === 0) return i;
  }
  return -1;
}
