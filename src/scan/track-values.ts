import { stampIn } from "./stamps.js";
import { From, KNOWN_BYTES, MOST_SOURCES } from "./tracks.js";

const BLANK = 32;
const SLASH = 47;
const COLON = 58;
const MINUS = 45;
const ZERO = 48;
/** Up to so many digits a number is exact however it is summed up. */
const EXACT = 15;

/** A decimal number of few digits, perhaps with a minus; else NaN. */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === MINUS;
  const first = isNegative ? from + 1 : from;
  if (to <= first || to - from > EXACT) return Number.NaN;
  let value = 0;
  for (let at = first; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return isNegative ? -value : value;
}

/** Where what a URL's origin is made of ends: behind the first slash behind `scheme://`, or where the URL ends. */
export function originEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== SLASH) continue;
    const isScheme = at > from && bytes[at - 1] === COLON && at + 1 < to && bytes[at + 1] === SLASH;
    if (!isScheme) return at + 1;
    at++;
  }
  return to;
}

/** Has a record a text here? Trailing blanks may have to be left out: such a record has none. */
export const isText = (bytes: Uint8Array, from: number, to: number): boolean =>
  to === from || bytes[to - 1]! > BLANK;

/** A value of a track's last row: a number, or bytes, if they are few enough to be known again. */
interface Known {
  number: number;
  bytes: Uint8Array | undefined;
}

/** The values of a track's last row, and what of a record's is new. */
export class KnownValues {
  /** 1 for each value of the record in hand that is new. */
  readonly changed = new Uint8Array(MOST_SOURCES);
  /** Its numbers, by their place. */
  readonly numbers = new Float64Array(MOST_SOURCES);
  private known: Known[] = [];

  constructor(readonly sources: readonly (readonly [from: From, mark: number])[]) {
    this.forget();
  }

  /** Is no value known? */
  forget(): void {
    this.known = this.sources.map(() => ({ number: Number.NaN, bytes: undefined }));
  }

  /** Compares a record's values with those that are known. @returns false: not all of them have one as it is written */
  compare(bytes: Uint8Array, marks: Int32Array): boolean {
    const { sources, known, changed, numbers } = this;
    for (const [i, [source, mark]] of sources.entries()) {
      const from = marks[mark]!;
      const to = marks[mark + 1]!;
      const last = known[i]!;
      if (source === From.TEXT && !isText(bytes, from, to)) return false;
      if (isNumber(source)) {
        numbers[i] = source === From.NUMBER ? numberIn(bytes, from, to) : stampIn(source, bytes, from, to);
        if (Number.isNaN(numbers[i])) return false;
        changed[i] = Object.is(last.number, numbers[i]) ? 0 : 1;
      } else if (source === From.NOTHING) changed[i] = 0;
      else changed[i] = last.bytes && isSame(last.bytes, bytes, from, endOf(source, bytes, from, to)) ? 0 : 1;
    }
    return true;
  }

  /** Are there new values that must be made? */
  get mustMake(): boolean {
    return this.sources.some(
      ([source], i) => (source === From.MADE || source === From.MADE_OF_ORIGIN) && this.changed[i] === 1,
    );
  }

  /** The values of the record that was compared are the last ones. */
  keep(bytes: Uint8Array, marks: Int32Array): void {
    for (const [i, [source, mark]] of this.sources.entries()) {
      if (this.changed[i] === 0) continue;
      const last = this.known[i]!;
      const from = marks[mark]!;
      const to = endOf(source, bytes, from, marks[mark + 1]!);
      if (isNumber(source)) last.number = this.numbers[i]!;
      else last.bytes = to - from <= KNOWN_BYTES ? bytes.slice(from, to) : undefined;
    }
  }
}

/** Is the value stored as a number? */
const isNumber = (source: From) => source === From.NUMBER || source >= From.RFC3339;

const endOf = (source: From, bytes: Uint8Array, from: number, to: number) =>
  source === From.MADE_OF_ORIGIN ? originEnd(bytes, from, to) : to;

function isSame(a: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  return a.length === to - from && a.every((byte, i) => byte === bytes[from + i]);
}
