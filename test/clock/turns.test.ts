import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Turns } from "../../src/clock/turns.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const LATE = 60;
const turnsOf = (readings: readonly number[], backwards = false) => {
  const turns = new Turns(DAY, LATE, backwards);
  return readings.map((reading) => turns.take(reading));
};

describe("a reading that begins anew", () => {
  it.each<[string, number[], number[]]>([
    ["turns where it falls by more than half its period", [23 * HOUR, HOUR, 2 * HOUR, 0], [0, 1, 1, 1]],
    ["turns where little of the day is left", [DAY - 1, 0, DAY - 1, 0], [0, 1, 0, 1]],
    ["does not turn where records are a little out of order", [5000, 4990, 5001], [0, 0, 0]],
    ["does not turn where a clock is set back by hours", [10 * HOUR, 2 * HOUR], [0, 0]],
    ["does not turn where nothing happened for most of a day", [HOUR, 23 * HOUR], [0, 0]],
    ["is of the day before where its very first record came too early", [5, DAY - 5, 6], [0, -1, 0]],
    ["passes over what is no reading", [DAY - 1, Number.NaN, 1], [0, 0, 1]],
  ])("%s", (_, readings, turns) => expect(turnsOf(readings)).toEqual(turns));

  it.each<[string, number[], number[]]>([
    ["turns back where it rises by more than half its period", [HOUR, 23 * HOUR, 2 * HOUR], [0, -1, -1]],
    ["turns forth for a record that comes late", [1, DAY - 1, 0, DAY - 2], [0, -1, 0, -1]],
  ])("in a file that runs backwards, %s", (_, readings, turns) =>
    expect(turnsOf(readings, true)).toEqual(turns),
  );

  it("tells each record's day, whatever the gaps below half a day and the disorder below a minute (property)", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: DAY / 2 - LATE - 1 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        fc.nat(DAY - 1),
        gaps,
        fc.infiniteStream(fc.nat(LATE / 2 - 1)),
        fc.boolean(),
        (first, steps, jitter, backwards) => {
          let at = first;
          const truth = [at, ...steps.map((step) => (at += backwards ? -step : step))].map(
            (seconds) => seconds - jitter.next().value!,
          );
          const turns = turnsOf(
            truth.map((seconds) => ((seconds % DAY) + DAY) % DAY),
            backwards,
          );
          const day = (seconds: number) => Math.floor(seconds / DAY);
          expect(turns).toEqual(truth.map((seconds) => day(seconds) - day(truth[0]!)));
        },
      ),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});
