import { describe, expect, it } from "@jest/globals";
import { progressLine } from "../../src/cli/output.js";

describe("the progress line", () => {
  it("tells how far, how fast, and how long it takes at that rate", () => {
    expect(progressLine(250e6, 1000e6, 500)).toBe("reading: 25 % of 1000.0 MB, 500 MB/s, 2 s left");
    expect(progressLine(1e9, 100e9, 6000)).toBe("reading: 1 % of 100000.0 MB, 167 MB/s, 10 min left");
  });

  it("never says that all is done, and nothing of an end that it can't foresee", () => {
    expect(progressLine(1001, 1000, 1000)).toMatch(/^reading: 99 % /);
    expect(progressLine(0, 0, 500)).toBe("reading: 0 % of 0.0 MB, 0 MB/s");
  });
});
