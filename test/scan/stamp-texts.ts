import fc from "fast-check";
import { STAMP_FORMS } from "../../src/scan/stamps.js";

export type Form = keyof typeof STAMP_FORMS;
export const FORMS = Object.keys(STAMP_FORMS) as Form[];

const two = fc.nat(99).map((number) => String(number).padStart(2, "0"));
const MONTHS = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
  "jan",
  "Abc",
];
const time = fc.tuple(two, two, two).map((parts) => parts.join(":"));
const fraction = fc.oneof(
  fc.constant(""),
  fc.array(fc.nat(9), { maxLength: 10 }).map((digits) => `.${digits.join("")}`),
);
const zone = fc.oneof(
  fc.constant("Z"),
  fc.tuple(fc.constantFrom("+", "-"), two, two).map(([s, h, m]) => `${s}${h}:${m}`),
);
/** Stamps of each form, and such as are nearly of it. */
export const stampText: Record<Form, fc.Arbitrary<string>> = {
  rfc3339: fc
    .tuple(fc.integer({ min: 1960, max: 2120 }), two, two, time, fraction, zone)
    .map(([y, m, d, t, f, z]) => `${y}-${m}-${d}T${t}${f}${z}`),
  syslog: fc
    .tuple(
      fc.constantFrom(...MONTHS),
      fc.oneof(
        two,
        fc.nat(9).map((day) => ` ${day}`),
      ),
      time,
      fraction,
    )
    .map(([m, d, t, f]) => `${m} ${d} ${t}${f}`),
  hms: fc.tuple(time, fraction).map(([t, f]) => t + f),
  epoch: fc.tuple(fc.integer({ min: 1e9, max: 9_999_999_999 }), fraction).map(([s, f]) => `${s}${f}`),
};
