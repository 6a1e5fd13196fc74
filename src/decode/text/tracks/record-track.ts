import { isDeepStrictEqual } from "node:util";
import type { Matcher } from "../../../grammar/track/matcher.js";
import type { Fields, FieldValue } from "../../../model/event.js";
import type { RecordKind } from "../columns.js";
import type { ValueSource } from "./values.js";

const BLANK = 32;
const SLASH = 47;
const COLON = 58;
const MINUS = 45;
const ZERO = 48;
/** Up to so many digits a number is exact however it is summed up. */
const EXACT = 15;

/** Makes a value of a text, and knows it again: most records of a kind have in common what is made. */
class Maker {
  value: FieldValue | undefined;
  private last = Buffer.alloc(0);

  constructor(private readonly source: ValueSource & { kind: "made" }) {}

  /** @returns whether the text in bytes[from, to) gives a value */
  take(bytes: Buffer, from: number, to: number): boolean {
    const { ofOrigin, make } = this.source;
    const end = ofOrigin ? originEnd(bytes, from, to) : to;
    if (this.isLast(bytes, from, end)) return this.value !== undefined;
    this.last = Buffer.from(bytes.subarray(from, end));
    const text = bytes.toString("latin1", from, end);
    // What stands behind the slash makes no difference; that there is one does.
    this.value = make(end < to ? `${text}/` : text);
    return this.value !== undefined;
  }

  private isLast(bytes: Buffer, from: number, to: number): boolean {
    const { last } = this;
    if (last.length === 0 || last.length !== to - from) return false;
    for (let i = 0; i < last.length; i++) if (last[i] !== bytes[from + i]) return false;
    return true;
  }
}

/** Where the first slash stands behind `scheme://`, or the end. */
function originEnd(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== SLASH) continue;
    const isScheme = at > from && bytes[at - 1] === COLON && at + 1 < to && bytes[at + 1] === SLASH;
    if (!isScheme) return at;
    at++;
  }
  return to;
}

/**
 * Records that are read alike, from their bytes: by what they are known, and where their values stand. The values are, as columns have
 * them: the stamp's text, then the fields.
 */
export class RecordTrack {
  /** The values of the record in hand that are no texts, by their place. */
  readonly numbers: Float64Array;
  readonly made: (FieldValue | undefined)[];
  private readonly makers: (Maker | undefined)[];

  /**
   * @param id its place among all that one source has
   * @param match reads what stands behind the lead that it shares with others
   */
  constructor(
    readonly id: number,
    readonly kind: RecordKind,
    readonly sources: readonly ValueSource[],
    readonly match: Matcher,
  ) {
    this.numbers = new Float64Array(sources.length);
    this.made = sources.map((source) => (source.kind === "constant" ? source.value : undefined));
    this.makers = sources.map((source) => (source.kind === "made" ? new Maker(source) : undefined));
  }

  /** Are the values that were taken just these fields? What its maker found of the record otherwise is held against it. */
  gives(fields: Fields, bytes: Buffer, marks: Int32Array): boolean {
    const { names } = this.kind.told[0]!;
    const present = Object.keys(fields).filter((name) => fields[name] !== undefined);
    return (
      present.length === names.length &&
      names.every((name, i) => {
        const source = this.sources[i + 1]!;
        const value =
          source.kind === "text"
            ? bytes.toString("latin1", marks[source.mark], marks[source.mark + 1])
            : source.kind === "number"
              ? this.numbers[i + 1]
              : this.made[i + 1];
        return isDeepStrictEqual(value, fields[name]);
      })
    );
  }

  /** Makes the values of a record that was matched. @returns false: not all of them have one, or they are not as they are written */
  take(bytes: Buffer, marks: Int32Array): boolean {
    const { sources, makers, made, numbers } = this;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i]!;
      if (source.kind === "constant") continue;
      const from = marks[source.mark]!;
      const to = marks[source.mark + 1]!;
      if (source.kind === "text") {
        // Trailing blanks may have to be left out.
        if (to > from && bytes[to - 1]! <= BLANK) return false;
      } else if (source.kind === "number") {
        const number = numberIn(bytes, from, to);
        if (Number.isNaN(number)) return false;
        numbers[i] = number;
      } else {
        const maker = makers[i]!;
        if (!maker.take(bytes, from, to)) return false;
        made[i] = maker.value;
      }
    }
    return true;
  }
}

/** A decimal number of few digits, perhaps with a minus; else NaN. */
function numberIn(bytes: Buffer, from: number, to: number): number {
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
