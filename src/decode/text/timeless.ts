import type { Stamper } from "./stamper.js";

/** No clock, for records of which only the words matter. */
export const timeless: Stamper = {
  stamp: () => {},
  stampRead: () => {},
  us: Number.NaN,
  latest: Number.NaN,
  ns: 0,
};
