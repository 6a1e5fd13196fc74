import { SECOND_US } from "../model/calendar.js";
import { type FixedStamp, readFixed } from "./fixed-stamps.js";
import { From } from "./tracks.js";

/** The kinds of stamps that are read from bytes, by their names among `StampKind`s. */
export const STAMP_FORMS = {
  rfc3339: From.RFC3339,
  syslog: From.SYSLOG,
  hms: From.HMS,
  epoch: From.EPOCH,
} as const;

export type StampForm = keyof typeof STAMP_FORMS;

const TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?";

/** What the kernel (kernel/stamps.ts) takes for a stamp: what {@link readFixed} reads, without dates before 1970 and leap seconds. */
const USUAL: Readonly<Record<StampForm, RegExp>> = {
  rfc3339: new RegExp(
    `^(?:19[7-9]|[2-9]\\d\\d)\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T${TIME}(?:Z|[+-]\\d\\d:\\d\\d)$`,
  ),
  syslog: new RegExp(
    `^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?: [1-9]|0[1-9]|[12]\\d|3[01]) ${TIME}$`,
  ),
  hms: new RegExp(`^${TIME}$`),
  epoch: /^\d{10}(?:\.\d{1,9})?$/,
};

const FORMS = new Map<From, StampForm>(
  Object.entries(STAMP_FORMS).map(([form, from]) => [from, form as StampForm]),
);

/** In place of nanoseconds, where no fraction is written. */
const WHOLE = 1 << 30;

const packed = new Float64Array(1);
const words = new Uint32Array(packed.buffer);

/**
 * Reads a stamp that has the usual form of its kind.
 * @returns its seconds and nanoseconds, packed into the two halves of a float's bits: such a number is only good for {@link PackedStamps}.
 * NaN: it has not that form, or more seconds than 32 bits
 */
export function packStamp(form: StampForm, text: string): number {
  const stamp = USUAL[form].test(text) ? readFixed(form, text) : undefined;
  if (!stamp) return Number.NaN;
  const seconds = Math.floor(stamp.us / SECOND_US);
  if (seconds < 0 || seconds > 0xffffffff) return Number.NaN;
  words[0] = seconds;
  words[1] = stamp.whole ? WHOLE : (stamp.us - seconds * SECOND_US) * 1000 + stamp.ns;
  return packed[0]!;
}

/** The same of the stamp in bytes[from, to), whose form a track tells. */
export function stampIn(form: From, bytes: Uint8Array, from: number, to: number): number {
  return packStamp(FORMS.get(form)!, Buffer.from(bytes.subarray(from, to)).toString("latin1"));
}

/** Reads stamps that {@link packStamp} has packed. */
export class PackedStamps {
  private readonly words: Uint32Array;

  constructor(numbers: Float64Array) {
    this.words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
  }

  /** Reads the stamp at a place of the numbers into one. */
  read(at: number, stamp: { -readonly [K in keyof FixedStamp]: FixedStamp[K] }): void {
    const fraction = this.words[2 * at + 1]!;
    const isWhole = fraction === WHOLE;
    const nanos = isWhole ? 0 : fraction;
    stamp.us = this.words[2 * at]! * SECOND_US + Math.floor(nanos / 1000);
    stamp.ns = nanos % 1000;
    stamp.whole = isWhole;
  }
}
