import { describe, expect, it } from "@jest/globals";
import { buildReport } from "../../../src/report/document.js";
import { coverageOf } from "../../../src/report/html/coverage.js";
import type { Density } from "../../../src/report/study.js";
import { at, input, source } from "../samples.js";
import { NOTHING_DRAWN } from "./study-of.js";

const SECOND = 1e6;
const origin = at("01:00:00");
const picture = { ...NOTHING_DRAWN, origin, length: 300 * SECOND };
const [log] = buildReport(
  input({ sources: [source(0, "a.log", { from: origin, to: origin + 60 * SECOND })] }),
).sources;

/** So many records in each second from `first` on. */
const density = (first: number, counts: number[]): Density => ({
  source: "a.log",
  width: SECOND,
  first,
  counts,
});

describe("what a source covers", () => {
  it("is where it has records; what lies between them is a gap", () => {
    const counts = [5, 1, 2, ...Array<number>(20).fill(0), 7];
    expect(coverageOf(log!, [density(10, counts)], picture)).toEqual({
      covered: [
        { from: 10 * SECOND, to: 13 * SECOND },
        { from: 33 * SECOND, to: 34 * SECOND },
      ],
      gaps: [{ from: 13 * SECOND, to: 33 * SECOND }],
    });
  });

  it("has no gap that nobody could see", () => {
    const { covered, gaps } = coverageOf(log!, [density(0, [1, 0, 1])], picture)!;
    expect(covered).toEqual([{ from: 0, to: 3 * SECOND }]);
    expect(gaps).toEqual([]);
  });

  it("is what the report says where nobody counted records over time", () => {
    expect(coverageOf(log!, [], picture)!.covered).toEqual([{ from: 0, to: 60 * SECOND }]);
  });

  it("is unknown for a source without times, and where nothing has any", () => {
    expect(coverageOf({ ...log!, from: null, to: null }, [], picture)).toBeUndefined();
    expect(coverageOf(log!, [], NOTHING_DRAWN)).toBeUndefined();
  });
});
