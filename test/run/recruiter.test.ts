import { describe, expect, it } from "@jest/globals";
import { Recruiter } from "../../src/run/recruiter.js";

const MB = 1e6;

/** Reads at a speed that changes: of each leg so many megabytes, at so many a second. @returns after how many threads were called for */
function calledAfter(all: number, busy: number, legs: readonly [megabytes: number, speed: number][]) {
  let ms = 0;
  let read = 0;
  const recruiter = new Recruiter({ bytes: all * MB, busy: () => Math.max(0, busy - ms / 1000) }, () => ms);
  for (const [megabytes, speed] of legs)
    for (let i = 0; i < megabytes; i++) {
      ms += 1000 / speed;
      read++;
      if (recruiter.took(MB)) return read;
    }
  return undefined;
}

describe("calling for threads", () => {
  it("waits until the speed is known, and calls where much time is left", () => {
    expect(calledAfter(1000, 0, [[1000, 100]])).toBe(31);
  });

  it("does not believe how slowly the reading begins", () => {
    expect(
      calledAfter(500, 0, [
        [1, 10],
        [499, 2000],
      ]),
    ).toBeUndefined();
  });

  it("does not call when the rest takes less time than starting would spare", () => {
    expect(calledAfter(1200, 0, [[1200, 1000]])).toBeUndefined();
    expect(calledAfter(1400, 0, [[1400, 1000]])).toBe(301);
  });

  it("does not call as long as the cores are busy anyway", () => {
    expect(calledAfter(2000, 1.3, [[2000, 1000]])).toBeUndefined();
    expect(calledAfter(2000, 1.3, [[2000, 500]])).toBe(151);
  });

  it("does not take one slow moment for more", () => {
    expect(
      calledAfter(2000, 1.3, [
        [500, 1000],
        [20, 200],
        [1480, 1000],
      ]),
    ).toBeUndefined();
  });

  it("calls later, when what comes takes longer than what came", () => {
    expect(
      calledAfter(1000, 0, [
        [600, 2000],
        [400, 50],
      ]),
    ).toBeGreaterThan(600);
  });
});
