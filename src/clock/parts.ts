import { SECOND_US } from "../model/calendar.js";

/** Months by the first letters of their English names, in lower case. */
export const MONTHS: Record<string, number> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};

/** Is it the code of a digit? */
export const isDigit = (c: number) => c >= 48 && c <= 57;

/** Reads digits from `from` on: the number and where they end. */
export function digits(text: string, from: number, most = 20): [value: number, end: number] {
  let value = 0;
  let i = from;
  for (const stop = Math.min(text.length, from + most); i < stop; i++) {
    const c = text.charCodeAt(i);
    if (!isDigit(c)) break;
    value = value * 10 + (c - 48);
  }
  return [i === from ? Number.NaN : value, i];
}

/** `.123456789` or `,123` at `from`: µs and ns, and where it ends. */
export function fraction(text: string, from: number): [us: number, ns: number, end: number] {
  const c = text.charCodeAt(from);
  if (c !== 46 && c !== 44) return [0, 0, from];
  let nanos = 0;
  let n = 0;
  let i = from + 1;
  for (; i < text.length && isDigit(text.charCodeAt(i)); i++) {
    if (n < 9) {
      nanos = nanos * 10 + (text.charCodeAt(i) - 48);
      n++;
    }
  }
  for (; n < 9; n++) nanos *= 10;
  return [Math.floor(nanos / 1000), nanos % 1000, i];
}

/** `HH:MM[:SS[.frac]]` at `from`: µs since midnight. A 60th second (leap) counts on. */
export function clockTime(text: string, from: number): [us: number, ns: number, end: number] {
  const [h, e1] = digits(text, from, 2);
  const [m, e2] = digits(text, e1 + 1, 2);
  if (Number.isNaN(h) || Number.isNaN(m) || h > 24 || m > 59) return [Number.NaN, 0, from];
  if (text.charCodeAt(e2) !== 58) return [(h * 3600 + m * 60) * SECOND_US, 0, e2];
  const [s, e3] = digits(text, e2 + 1, 2);
  const [us, ns, end] = fraction(text, e3);
  return [(h * 3600 + m * 60 + s) * SECOND_US + us, ns, end];
}

/** `Z`, `+03:00`, `+0300`, `+03` at `from`: µs east of UTC, 0 for Z, NaN when there is none. */
export function zone(text: string, from: number): number {
  const sign = text.charCodeAt(from);
  if (sign === 90 || sign === 122) return 0;
  if (text.startsWith("UTC", from) || text.startsWith("GMT", from)) return 0;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const [h, e1] = digits(text, from + 1, 2);
  const [m] = digits(text, text.charCodeAt(e1) === 58 ? e1 + 1 : e1, 2);
  return (sign === 45 ? -1 : 1) * (h * 3600 + (Number.isNaN(m) ? 0 : m * 60)) * SECOND_US;
}
