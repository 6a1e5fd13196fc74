import { afterAll, describe, expect, test } from "@jest/globals";
import { align } from "../../../src/clock/align/matcher.js";
import { makeIncident } from "./incidents/incident.js";
import { Tally } from "./incidents/tally.js";
import { untruths } from "./incidents/truth.js";

/**
 * Incidents with known truth: clocks that are off by less than a millisecond or by hours, drift, are slewed and stepped; sources of all
 * kinds that begin late, end early, miss things, see copies, and stamp to the µs, to the second or not at all; questions that are sent again under the
 * same id, requests that are made again, jobs that do the same again and again. Number n is always the same incident.
 */
const INCIDENTS = 10_000;

describe(`${INCIDENTS} incidents`, () => {
  const tally = new Tally();
  const wrong: string[] = [];
  const accused: number[] = [];

  test("the truth is never outside the bounds", () => {
    for (let number = 0; number < INCIDENTS; number++) {
      const incident = makeIncident(number);
      const aligned = align(incident.clues, incident.clocks);
      wrong.push(...untruths(incident, aligned).map((what) => `incident ${number}: ${what}`));
      tally.add(incident, aligned);
      const isStepped = incident.sources.some(({ clock }) => clock.step);
      if (!isStepped && aligned.solution.contradictions.length > 0) accused.push(number);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test("no clock is said to contradict another where none was stepped", () => {
    expect(accused).toEqual([]);
  });

  test.each(["capture", "trace", "trace without stamps", "journal", "service log"] as const)(
    "%s: most clocks that share enough with others are aligned",
    (kind) => {
      const { alignable, aligned } = tally.kinds.get(kind)!;
      expect(alignable).toBeGreaterThan(100);
      expect(aligned / alignable).toBeGreaterThan(0.8);
    },
  );

  test.each([
    ["capture", 1000],
    ["trace", 1000],
    ["resolver log", 1_100_000],
    ["access log", 1_100_000],
    ["syslog", 1_100_000],
  ] as const)("%s: half of the offsets are known to %d µs", (kind, most) => {
    expect(tally.kinds.get(kind)!.widths.length).toBeGreaterThan(40);
    expect(tally.median(kind)).toBeLessThan(most);
  });

  test("many lines without stamps are placed to five milliseconds", () => {
    const { widths } = tally.kinds.get("trace without stamps")!;
    expect(widths.filter((width) => width < 5000).length).toBeGreaterThan(5000);
  });

  afterAll(() => {
    process.stdout.write(`${tally}\n`);
  });
});
