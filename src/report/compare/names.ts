import { namer } from "../names.js";
import type { Comparison, Measure } from "./contract.js";

/**
 * Shows names beside the values that they belong to, for people: in what differs and in what the sides say of it. Records stay as they are.
 * @param names value → name
 */
export function withNamesCompared(comparison: Comparison, names: ReadonlyMap<string, string>): Comparison {
  if (names.size === 0) return comparison;
  const inText = namer(names);
  const measure = (one: Measure): Measure => ({
    ...one,
    text: inText(one.text),
    ...(one.values && { values: one.values.map(inText) }),
  });
  return {
    ...comparison,
    differences: comparison.differences.map((one) => ({
      ...one,
      what: inText(one.what),
      good: measure(one.good),
      bad: measure(one.bad),
    })),
    notComparable: comparison.notComparable.map((one) => ({ ...one, shown: one.shown.map(inText) })),
  };
}
