import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bounds, micros, rfc3339, undated, when } from "../../src/report/times.js";

describe("rfc3339", () => {
  it("keeps microseconds and nanoseconds that Date would lose", () => {
    expect(rfc3339(1_795_319_188_965_243, 649)).toBe("2026-11-22T03:46:28.965243649Z");
  });

  it("agrees with Date on every millisecond that the model can hold", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(2255, 0, 1) }), (ms) => {
        const iso = new Date(ms).toISOString();
        expect(rfc3339(ms * 1000)).toBe(`${iso.slice(0, -1)}000000Z`);
        expect(micros(rfc3339(ms * 1000))).toBe(ms * 1000);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e30, -1e30])("gives null for %p", (us) => {
    expect(rfc3339(us)).toBeNull();
  });
});

describe("when", () => {
  it("is a point where both ends are one, else an interval", () => {
    expect(when(1e6, 1e6, 5)).toBe("1970-01-01T00:00:01.000000005Z");
    expect(when(1e6, 2e6)).toEqual({
      earliest: "1970-01-01T00:00:01.000000000Z",
      latest: "1970-01-01T00:00:02.000000000Z",
    });
    expect(when(Number.NaN, Number.NaN)).toBeNull();
    expect(bounds(when(1e6, 2e6))).toEqual([1e6, 2e6]);
  });
});

describe("undated", () => {
  it("says what is left of a time without a date", () => {
    expect(undated("hms", 13_586_201_760)).toEqual({ time_of_day: "03:46:26.201760" });
    expect(undated("syslog", Date.UTC(1972, 10, 22, 3, 52, 32) * 1000)).toEqual({
      time_of_day: "Nov 22 03:52:32.000000",
    });
    expect(undated("monotonic", 1_386_422_010)).toEqual({ elapsed: "+1386.422010" });
    expect(undated("hms", Number.NaN)).toEqual({});
  });
});
