import type { Single } from "./values.js";

/** Longer texts are no numbers that anybody wrote. */
const MOST = 40;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * What EQL's `number` makes of a value: `42`, `-1.5`, `0x1f`, blanks around it are no matter.
 *
 * @param base 2…36; absent: 16 for a text that begins with `0x`, else 10. In all bases but ten, texts are whole numbers
 * @returns `undefined` for what is no number
 */
export function numberOf(value: Single, base: number | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > MOST) return undefined;
  const text = value.trim().toLowerCase();
  const [, sign, marked, digits] = /^([+-]?)(0x)?(.*)$/.exec(text) ?? [];
  const isHex = marked !== undefined && (base === undefined || base === 16);
  if (!isHex && (base === undefined || base === 10)) {
    const number = DECIMAL.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
  }
  const size = base ?? 16;
  const whole = isHex || marked === undefined ? digits! : `${marked}${digits}`;
  if (!Number.isInteger(size) || size < 2 || size > 36 || whole === "") return undefined;
  let number = 0;
  for (const char of whole) {
    const digit = DIGITS.indexOf(char);
    if (digit < 0 || digit >= size) return undefined;
    number = number * size + digit;
  }
  return sign === "-" ? -number : number;
}
