import { decodeWithin } from "../../report/utf8.js";
import { cut } from "../../report/width.js";

/** Characters of a label or name: longer ones are no names any more. */
const MOST_CHARACTERS = 120;

/** A value from evidence as it is shown: one char per byte becomes text, and is cut. */
export const shown = (value: string): string => {
  const text = decodeWithin(value.slice(0, MOST_CHARACTERS * 4));
  return text.length > MOST_CHARACTERS ? cut(text, MOST_CHARACTERS) : text;
};
