import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type Completion, SourceClock, UNKNOWN } from "../../src/clock/source-clock.js";
import { LocalZone, namedZone } from "../../src/clock/zone.js";

const SECOND = 1e6;
const HOUR = 3600 * SECOND;
const utc = (text: string) => Date.parse(text) * 1000;

/** Zones of both hemispheres, with changes by an hour, by half of one, and none; some changed their offset for good. */
const ZONES = [
  "Europe/Berlin",
  "Europe/Moscow",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Africa/Casablanca",
  "Pacific/Apia",
  "UTC",
] as const;

/** What a clock on the wall shows, by the platform's own formatting: `2026-11-22 03:52:32`. */
const wall = (zone: string) => {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return (us: number) => format.format(new Date(us / 1000));
};

/** Whole seconds, many of them near the changes that zones make at night, on the last Sundays of spring and autumn months. */
const instants = fc
  .oneof(
    fc.integer({ min: Date.UTC(2010, 0, 1) / 1000, max: Date.UTC(2029, 0, 1) / 1000 }),
    fc
      .tuple(
        fc.constantFrom("03-27", "03-29", "04-05", "10-04", "10-25", "11-01"),
        fc.integer({ min: -50_000, max: 90_000 }),
      )
      .map(
        ([day, seconds]) =>
          Date.UTC(2026, Number(day.slice(0, 2)) - 1, Number(day.slice(3))) / 1000 + seconds,
      ),
  )
  .map((seconds) => seconds * SECOND);

describe.each(ZONES)("local time in %s", (name) => {
  const shown = wall(name);
  const local = (us: number) => utc(`${shown(us).replace(" ", "T")}Z`);

  it("leads back to the moment at which it was shown, or to its other coming (property)", () => {
    const zone = new LocalZone(namedZone(name));
    fc.assert(
      fc.property(instants, (us) => {
        const at = local(us);
        const back = at - zone.offsetOf(at);
        expect([back, back + zone.fold]).toContain(us);
        expect(zone.missing).toBe(false);
        // Both comings look the same on the wall.
        expect(shown(back + zone.fold)).toBe(shown(us));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it.each([false, true])(
    "places stamps that follow each other around the truth; backwards: %s (property)",
    (backwards) => {
      const steps = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 40 });
      fc.assert(
        fc.property(instants, steps, (first, gaps) => {
          const clock = new SourceClock({ ...UNKNOWN, rules: namedZone(name), backwards });
          let us = first;
          for (const [line, gap] of [0, ...gaps].entries()) {
            us += (backwards ? -gap : gap) * SECOND;
            clock.stamp("datetime", shown(us), line + 1);
            expect(clock.us).toBeLessThanOrEqual(us);
            expect(clock.latest).toBeGreaterThanOrEqual(us);
          }
          expect(clock.oddity).toBeUndefined();
        }),
        { seed: 6, numRuns: 40 },
      );
    },
  );
});

describe("where clocks are put back", () => {
  const berlin: Completion = { ...UNKNOWN, rules: namedZone("Europe/Berlin") };
  const times = (stamps: readonly string[], completion = berlin) => {
    const clock = new SourceClock(completion);
    return stamps.map((stamp, i) => {
      clock.stamp("datetime", `2026-10-25 ${stamp}.0`, i + 1);
      return [new Date(clock.us / 1000).toISOString().slice(11, 19), (clock.latest - clock.us) / HOUR];
    });
  };

  it("a time that comes twice may be either, until the stamps go back", () =>
    expect(times(["01:59:59", "02:10:00", "02:50:00", "02:05:00", "02:55:00", "03:00:00"])).toEqual([
      ["23:59:59", 0],
      ["00:10:00", 1],
      ["00:50:00", 1],
      ["01:05:00", 0],
      ["01:55:00", 0],
      ["02:00:00", 0],
    ]));

  it("a record that comes a little late is no second coming, and one of the first coming may come late", () => {
    expect(times(["02:10:00", "02:09:58"])[1]).toEqual(["00:09:58", 1]);
    expect(times(["02:59:59", "02:00:00", "02:59:58", "02:00:01"]).slice(1)).toEqual([
      ["01:00:00", 0],
      ["00:59:58", 0],
      ["01:00:01", 0],
    ]);
  });

  it("a file that runs backwards has the second coming first", () =>
    expect(times(["02:10:00", "02:50:00", "02:10:00"], { ...berlin, backwards: true })).toEqual([
      ["00:10:00", 1],
      ["00:50:00", 0],
      ["00:10:00", 0],
    ]));
});

describe("where clocks are put forward", () => {
  it("a time that never came is taken for one behind the gap, and the first such record is told", () => {
    const clock = new SourceClock({ ...UNKNOWN, rules: namedZone("Europe/Berlin") });
    clock.stamp("datetime", "2026-03-29 01:59:59", 1);
    expect(clock.oddity).toBeUndefined();
    clock.stamp("datetime", "2026-03-29 02:30:00", 2);
    expect(clock.us).toBe(utc("2026-03-29T01:30:00Z"));
    clock.stamp("datetime", "2026-03-29 02:31:00", 3);
    expect(clock.oddity).toMatchObject({
      line: 2,
      message: expect.stringMatching(/never came in Europe\/Berlin/),
    });
    clock.stamp("datetime", "2026-03-29 03:00:00", 4);
    expect(clock.us).toBe(utc("2026-03-29T01:00:00Z"));
  });
});
