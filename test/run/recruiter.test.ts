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
    expect(calledAfter(1000, 0, [[1000, 100]])).toBe(21);
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
    expect(calledAfter(400, 0, [[400, 1000]])).toBeUndefined();
    expect(calledAfter(800, 0, [[800, 1000]])).toBe(201);
  });

  it("does not call as long as the cores are busy anyway", () => {
    expect(calledAfter(1000, 0.8, [[1000, 1000]])).toBeUndefined();
    expect(calledAfter(1000, 0.8, [[1000, 500]])).toBe(101);
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
