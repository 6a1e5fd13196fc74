import { describe, expect, it } from "@jest/globals";
import { type Anchor, placeRecords, Sightings, shiftOf, snap } from "../../src/clock/anchors.js";

const anchor = (key: string, line: number, time: number, server = "192.0.2.53"): Anchor => ({
  key,
  server,
  line,
  time,
  width: 0,
  event: {
    source: 0,
    line,
    offset: 0,
    length: 0,
    time,
    ns: 0,
    latest: time,
    action: "dns.query",
    category: "network",
    fields: {},
  },
});
const sightings = (...anchors: Anchor[]) => {
  const all = new Sightings(new Set(anchors.map(({ key }) => key)));
  for (const one of anchors) all.add(one);
  return all;
};
const BASE = 1_795_319_552e6;

describe("shiftOf", () => {
  it("finds the shift that the shared questions agree on, with its bounds", () => {
    const own = [anchor("1|a|A", 1, 100e6), anchor("2|b|A", 2, 105e6), anchor("3|c|A", 3, 110e6)];
    const seen = sightings(
      anchor("1|a|A", 9, BASE + 100e6 + 40),
      anchor("2|b|A", 9, BASE + 105e6 + 10),
      anchor("3|c|A", 9, BASE + 110e6 + 90),
    );
    expect(shiftOf(own, seen)).toMatchObject({ best: BASE + 40, min: BASE + 10, max: BASE + 90, matches: 3 });
  });

  it("takes whole seconds for what they leave open", () => {
    const own = [100e6, 105e6, 110e6].map((time, i) => ({ ...anchor(`${i}|a|A`, i, time), width: 999_999 }));
    const seen = sightings(
      ...[100.9e6, 105.1e6, 110.5e6].map((time, i) => anchor(`${i}|a|A`, i, BASE + time)),
    );
    const shift = shiftOf(own, seen)!;
    expect(shift.matches).toBe(3);
    expect(shift.pairs).toHaveLength(3);
  });

  it("is not misled by a transaction id that the C library used again", () => {
    const own = [anchor("1|a|A", 1, 100e6), anchor("2|b|A", 2, 105e6)];
    const seen = sightings(
      anchor("1|a|A", 1, BASE + 100e6),
      anchor("1|a|A", 2, BASE + 105e6),
      anchor("2|b|A", 3, BASE + 105e6),
    );
    expect(shiftOf(own, seen)?.best).toBe(BASE);
  });

  it("guesses nothing when the sightings disagree, or when one question was seen at several times", () => {
    const own = [anchor("1|a|A", 1, 0), anchor("2|b|A", 2, 1e6), anchor("3|c|A", 3, 2e6)];
    expect(
      shiftOf(
        own,
        sightings(anchor("1|a|A", 1, BASE), anchor("2|b|A", 2, BASE + 9e6), anchor("3|c|A", 3, BASE + 33e6)),
      ),
    ).toBeUndefined();
    expect(
      shiftOf(own.slice(0, 1), sightings(anchor("1|a|A", 1, BASE), anchor("1|a|A", 2, BASE + 5e6))),
    ).toBeUndefined();
    expect(shiftOf(own, sightings())).toBeUndefined();
  });
});

describe("snap", () => {
  it("takes a whole number of quarters of an hour for date and zone, anything else for an offset", () => {
    const hour = 3600e6;
    expect(snap({ best: 3 * hour + 120, width: 0 })).toEqual({
      shift: 3 * hour,
      exact: true,
      rest: 120,
    });
    expect(snap({ best: 3 * hour - 3.217e6, width: 0 })).toEqual({
      shift: 3 * hour - 3.217e6,
      exact: false,
      rest: -3.217e6,
    });
  });
});

describe("placeRecords", () => {
  const own = [
    anchor("1|a|A", 10, Number.NaN),
    anchor("1|a|A", 20, Number.NaN, "192.0.2.54"),
    anchor("9|z|A", 30, Number.NaN),
  ];
  const seen = sightings(
    anchor("1|a|A", 1, 1000e6),
    anchor("1|a|A", 2, 1005e6, "192.0.2.54"),
    anchor("9|z|A", 3, 1007e6),
  );
  const placed = placeRecords(own, seen)!;

  it("places a question at its sighting", () =>
    expect(placed.interval(10)).toEqual({ earliest: 1000e6, latest: 1000e6 }));
  it("bounds what lies between two of them", () =>
    expect(placed.interval(15)).toEqual({ earliest: 1000e6, latest: 1005e6 }));
  it("leaves the end open after the last", () =>
    expect(placed.interval(31)).toEqual({ earliest: 1007e6, latest: Number.POSITIVE_INFINITY }));
  it("gives no time to what lies before the first", () => expect(placed.interval(5).earliest).toBeNaN());

  it("narrows an interval by the waits that ran out inside it, those of one thread added up", () => {
    const between = [
      { line: 12, end: 12, thread: 1, span: 2e6 },
      { line: 13, end: 16, thread: 1, span: 1e6 },
      { line: 14, end: 14, thread: 2, span: 2.5e6 },
    ];
    const bounded = placeRecords(own, seen, between)!;
    expect(bounded.interval(11)).toEqual({ earliest: 1000e6, latest: 1002e6 });
    expect(bounded.interval(17)).toEqual({ earliest: 1003e6, latest: 1005e6 });
    expect(bounded.interval(15)).toEqual({ earliest: 1002.5e6, latest: 1005e6 });
  });

  it("takes the n-th sending for the n-th sighting, and drops what would run backwards", () => {
    const twice = [
      anchor("1|a|A", 1, Number.NaN),
      anchor("1|a|A", 5, Number.NaN),
      anchor("2|b|A", 7, Number.NaN),
      anchor("3|c|A", 9, Number.NaN),
    ];
    const both = sightings(
      anchor("1|a|A", 1, 10e6),
      anchor("1|a|A", 2, 15e6),
      anchor("2|b|A", 1, 3e6),
      anchor("3|c|A", 1, 20e6),
    );
    const result = placeRecords(twice, both)!;
    expect(result.matches).toBe(3);
    expect(result.interval(5).earliest).toBe(15e6);
    expect(result.interval(7)).toEqual({ earliest: 15e6, latest: 20e6 });
  });
});
