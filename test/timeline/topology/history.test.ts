import { describe, expect, it } from "@jest/globals";
import { Dated } from "../../../src/timeline/topology/dated.js";
import { History } from "../../../src/timeline/topology/history.js";
import { T0 } from "../events.js";

const t = (seconds: number) => T0 + seconds * 1e6;

describe("a fact over time", () => {
  it("that nobody has seen does not hold", () => {
    expect(new History().heldAt(t(0))).toBe(false);
    expect(new History().heldAt(Number.NaN)).toBe(false);
  });

  it("of a snapshot without a stamp holds at any time", () => {
    const history = new History();
    history.note("holds", Number.NaN);
    expect([t(0), t(99), Number.NaN].map((at) => history.heldAt(at))).toEqual([true, true, true]);
  });

  it("that was seen to hold held before too, until its end", () => {
    const history = new History();
    history.note("holds", t(10));
    history.note("holds", t(20));
    history.note("ends", t(30));
    expect([0, 10, 29, 30, 99].map((at) => history.heldAt(t(at)))).toEqual([true, true, true, false, false]);
  });

  it("that was seen to end held before", () => {
    const history = new History();
    history.note("ends", t(30));
    expect([29, 31].map((at) => history.heldAt(t(at)))).toEqual([true, false]);
  });

  it("that began did not hold before, and may begin again; the marks may come in any order", () => {
    const history = new History();
    history.note("begins", t(50));
    history.note("ends", t(30));
    history.note("begins", t(10));
    expect([9, 10, 29, 30, 49, 50].map((at) => history.heldAt(t(at)))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
    expect([49, 50].map((at) => history.beganAfter(t(at)))).toEqual([true, false]);
  });

  it("with a time of day alone says nothing of real times", () => {
    const history = new History();
    history.note("holds", Number.NaN);
    history.note("ends", 36_000_000_000);
    expect(history.heldAt(t(0))).toBe(true);
    expect(history.heldAt(36_000_000_001)).toBe(false);
  });
});

describe("a value over time", () => {
  it("is what was said last before, else first after, else at an unknown time", () => {
    const dated = new Dated<string>();
    expect(dated.at(t(0))).toBeUndefined();
    dated.set("dump", Number.NaN);
    expect(dated.at(t(0))).toBe("dump");
    dated.set("b", t(20));
    dated.set("a", t(10));
    dated.set(undefined, t(30));
    expect([5, 10, 19, 20, 30].map((at) => dated.at(t(at)))).toEqual(["a", "a", "a", "b", undefined]);
    expect(dated.at(Number.NaN)).toBe("b");
  });
});
