import fc from "fast-check";

const FIRST_HALF = 0xd800;
const HALVES = 0x800;

/** One code point, halves of surrogate pairs left out. */
const codePoint = fc.nat({ max: 0x10ffff - HALVES }).map(
  (nth) => String.fromCodePoint(nth < FIRST_HALF ? nth : nth + HALVES),
  (text) => {
    const code = typeof text === "string" ? text.codePointAt(0) : undefined;
    if (code === undefined || text !== String.fromCodePoint(code)) throw new Error("not one code point");
    return code < FIRST_HALF ? code : code - HALVES;
  },
);

/**
 * Well-formed texts of any code points: what `fc.string({ unit: "binary" })` gives, the same for the same seed. That one first makes a table of all
 * 1,112,064 code points, which takes a second.
 */
export const ofCodePoints = (
  lengths: { minLength?: number; maxLength?: number } = {},
): fc.Arbitrary<string> => fc.string({ ...lengths, unit: codePoint });
