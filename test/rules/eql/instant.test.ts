import { describe, expect, it } from "@jest/globals";
import { instantOf } from "../../../src/rules/eql/instant.js";

describe("timestamps", () => {
  it.each([
    ["2099-12-06T11:04:05.000Z", Date.UTC(2099, 11, 6, 11, 4, 5) * 1000, 0],
    ["2026-11-22T03:52:37.123456789Z", Date.UTC(2026, 10, 22, 3, 52, 37) * 1000 + 123_456, 789],
    ["2026-11-22T03:52:37+03:00", Date.UTC(2026, 10, 22, 0, 52, 37) * 1000, 0],
    ["2026-11-22T03:52:37-0330", Date.UTC(2026, 10, 22, 7, 22, 37) * 1000, 0],
    ["2026-11-22T03:52", Date.UTC(2026, 10, 22, 3, 52) * 1000, 0],
    ["2026-11-22", Date.UTC(2026, 10, 22) * 1000, 0],
    ["2026", Date.UTC(2026, 0, 1) * 1000, 0],
    ["1605412800000", 1605412800000 * 1000, 0],
    [1605412800000, 1605412800000 * 1000, 0],
    [1.5, 1500, 0],
    ["1", 1000, 0],
  ])("%s", (text, time, ns) => {
    expect(instantOf(text)).toEqual({ time, ns });
  });

  it.each(["", "yesterday", "2026-02-31", "2026-11-22T25:00Z", "2026-13-01", true, Number.NaN])(
    "%s is none",
    (text) => {
      expect(instantOf(text)).toBeUndefined();
    },
  );
});
