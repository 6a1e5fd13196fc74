import { describe, expect, it } from "@jest/globals";
import { type Completion, SourceClock, UNKNOWN } from "../../src/clock/source-clock.js";

const utc = (text: string) => Date.parse(text) * 1000;

describe("a time that was not written to the end", () => {
  it.each([
    ["2026-11-22 03:52", 60e6 - 1],
    ["2026-11-22 03:52:32", 1e6 - 1],
    ["2026-11-22 03:52:32.5", 0],
  ])("%s leaves %d µs open", (stamp, open) => {
    const clock = new SourceClock(UNKNOWN);
    clock.stamp("datetime", stamp, 1);
    expect(clock.latest - clock.us).toBe(open);
  });
});

describe("a clock that is put on the common one", () => {
  /** So much is to be added: more, the later it is. */
  const correction = {
    at: (us: number) => ({ lo: 1000 + Math.floor(us / 1e6), hi: 3000 + Math.floor(us / 1e6) }),
  };
  const corrected = (more: Partial<Completion> = {}) => new SourceClock({ ...UNKNOWN, ...more, correction });

  it("has its corrected time between the bounds, and says what was stamped", () => {
    const clock = corrected();
    const at = utc("2026-11-22T03:52:32.5Z");
    clock.stamp("rfc3339", "2026-11-22T03:52:32.5Z", 1);
    const second = Math.floor(at / 1e6);
    expect(clock).toMatchObject({ us: at + 1000 + second, latest: at + 3000 + second, stamped: at });
  });

  it("adds them to what a stamp in whole seconds leaves open, and to stamps of any kind", () => {
    const clock = corrected({ origin: 7e6, day: 0 });
    clock.stamp("monotonic", "1.000000", 1);
    expect([clock.us, clock.latest]).toEqual([8_001_008, 8_003_008]);
    clock.stamp("hms", "00:00:02", 2);
    expect([clock.us, clock.latest]).toEqual([2_001_002, 2_999_999 + 3002]);
  });

  it("leaves records without a time, and such as lie between lines, as they are", () => {
    const clock = corrected({ placed: { interval: (line) => ({ earliest: line, latest: line + 1 }) } });
    clock.stamp("rfc3339", "no time", 1);
    expect(clock.us).toBeNaN();
    clock.stamp("none", "", 2);
    expect(clock).toMatchObject({ us: 2, latest: 3, stamped: undefined });
  });
});

describe("stamps that count from the record before", () => {
  it("are added up with their nanoseconds", () => {
    const clock = new SourceClock({ ...UNKNOWN, origin: 5_000_000 });
    for (let line = 1; line <= 1000; line++) clock.stamp("delta", "0.000017636", line);
    expect([clock.us, clock.ns]).toEqual([5_017_636, 0]);
    clock.stamp("delta", "0.000000999", 1001);
    expect([clock.us, clock.ns]).toEqual([5_017_636, 999]);
  });
});
