import { describe, expect, it } from "@jest/globals";
import { constantCorrection, corrected } from "../../../src/clock/align/correction.js";
import type { Inferred } from "../../../src/clock/inferred.js";
import { type Completion, UNKNOWN } from "../../../src/clock/source-clock.js";
import type { Event } from "../../../src/model/event.js";
import { restampFrom } from "../../../src/run/align/restamp.js";

const event = (time: number, latest = time): Event => ({
  source: 0,
  line: 7,
  offset: 0,
  length: 1,
  time,
  ns: 9,
  latest,
  action: "dns.query",
  category: "network",
  fields: {},
});

/** The event's time after its source's clock was completed in another way. */
function moved(one: Event, was: Completion, is: Completion) {
  const inferred = { completion: is } as Inferred;
  const { time, latest, stamped } = restampFrom(new Map([[0, was]]), new Map([[0, inferred]]))(one);
  return { time, latest, stamped };
}

const HOUR = 3_600_000_000;

describe("the time of an event that was read before its clock was aligned", () => {
  it("stays where nothing was found", () => {
    expect(moved(event(100), UNKNOWN, UNKNOWN)).toEqual({ time: 100, latest: 100, stamped: undefined });
    expect(restampFrom(new Map(), new Map())(event(100))).toEqual(event(100));
  });

  it("is what the clock's offset leaves open, its stamp beside it", () => {
    const correction = { at: () => ({ lo: -30, hi: -20 }) };
    expect(moved(event(100), UNKNOWN, { ...UNKNOWN, correction })).toEqual({
      time: 70,
      latest: 80,
      stamped: 100,
    });
    expect(moved(event(100, 199), UNKNOWN, { ...UNKNOWN, correction })).toEqual({
      time: 70,
      latest: 179,
      stamped: 100,
    });
  });

  it("is in the zone, and counted from the beginning, that are known now", () => {
    expect(moved(event(5 * HOUR), UNKNOWN, { ...UNKNOWN, zone: 3 * HOUR })).toMatchObject({ time: 2 * HOUR });
    const since = (origin: number) => ({ ...UNKNOWN, origin });
    expect(moved(event(50), since(0), since(1000))).toMatchObject({ time: 1050, stamped: undefined });
  });

  it("counts what a person told once", () => {
    const told = { ...UNKNOWN, correction: constantCorrection(-40) };
    const measured = corrected(told.correction, { at: () => ({ lo: -2, hi: 2 }) });
    const stamped = { ...event(60), stamped: 100 };
    expect(moved(stamped, told, { ...UNKNOWN, correction: measured })).toEqual({
      time: 58,
      latest: 62,
      stamped: 100,
    });
  });

  it("is where its line was placed when it has no stamp", () => {
    const placed = { interval: (line: number) => ({ earliest: line, latest: line + 1 }) };
    expect(moved(event(Number.NaN), UNKNOWN, { ...UNKNOWN, placed })).toEqual({
      time: 7,
      latest: 8,
      stamped: undefined,
    });
  });
});
