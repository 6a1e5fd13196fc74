import { describe, expect, it } from "@jest/globals";
import { isInnerApart } from "../../src/clock/inner-stamps.js";
import type { StampSample } from "../../src/clock/observed.js";
import { UNKNOWN } from "../../src/clock/source-clock.js";

const completion = { ...UNKNOWN, year: 2026 };

/** A line that the daemon stamped, in a journal that stamped it so many seconds later. */
const line = (later: number): StampSample => ({
  line: 1,
  outer: { kind: "syslog", text: `Nov 22 03:52:${10 + later}` },
  inner: { kind: "rfc3339", text: "2026-11-22T03:52:10.525263649Z" },
});

describe("stamps inside records", () => {
  it("are of the clock around them when a line is taken as soon as it is written", () => {
    expect(isInnerApart([line(0), line(0), line(1)], completion)).toBe(false);
  });

  it("are of another clock when most are far from the stamps around them", () => {
    expect(isInnerApart([line(17), line(17), line(0)], completion)).toBe(true);
  });

  it("may be old here and there: somebody quoted a line of last year", () => {
    const quoted: StampSample = {
      ...line(0),
      inner: { kind: "rfc3339", text: "2016-05-11T20:52:14.699135892+03:00" },
    };
    expect(isInnerApart([line(0), quoted, line(0)], completion)).toBe(false);
  });

  it("say nothing where there are none", () => {
    expect(isInnerApart([{ line: 1, outer: { kind: "syslog", text: "Nov 22 03:52:10" } }], completion)).toBe(
      false,
    );
  });
});
