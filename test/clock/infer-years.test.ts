import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { HostFacts } from "../../src/clock/host/facts.js";
import { namedZone } from "../../src/clock/zone.js";
import { inferred, observed, utc } from "./observing.js";

const at = (time: string) => observed("rfc3339", [time], { path: "daemon.log" });
const collected = (time: string): HostFacts => ({
  root: "sos",
  collected: { value: utc(time), path: "sos/date" },
});

describe("years of stamps without one", () => {
  it.each<[string, string[], string, string[]]>([
    [
      "over New Year",
      ["Dec 31 23:59:59", "Jan  1 00:00:01"],
      "2027-01-01T00:00:00Z",
      ["2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z"],
    ],
    [
      "where a record of the old year comes late",
      ["Dec 31 23:59:59", "Jan  1 00:00:01", "Dec 31 23:59:58", "Jan  1 00:00:02"],
      "2027-01-01T00:00:00Z",
      ["2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z", "2026-12-31T23:59:58Z", "2027-01-01T00:00:02Z"],
    ],
    [
      "where the file begins with one that comes late",
      ["Jan  1 00:00:01", "Dec 31 23:59:59", "Jan  1 00:00:02"],
      "2027-01-01T00:00:00Z",
      ["2027-01-01T00:00:01Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:02Z"],
    ],
    [
      "in a file that runs backwards over New Year",
      ["Jan  1 00:00:03", "Jan  1 00:00:02", "Jan  1 00:00:01", "Dec 31 23:59:59", "Dec 31 23:59:58"],
      "2027-01-01T00:00:00Z",
      [
        "2027-01-01T00:00:03Z",
        "2027-01-01T00:00:02Z",
        "2027-01-01T00:00:01Z",
        "2026-12-31T23:59:59Z",
        "2026-12-31T23:59:58Z",
      ],
    ],
    [
      "where the clock is set back by a month",
      ["Jul  1 00:00:00", "Jun  1 00:00:00"],
      "2026-06-01T00:00:00Z",
      ["2026-07-01T00:00:00Z", "2026-06-01T00:00:00Z"],
    ],
    [
      "that begin on a leap day, in the nearest leap year",
      ["Feb 29 10:00:00", "Mar  1 10:00:00"],
      "2026-03-01T00:00:00Z",
      ["2024-02-29T10:00:00Z", "2024-03-01T10:00:00Z"],
    ],
    [
      "with a leap day behind New Year",
      ["Dec 31 10:00:00", "Feb 29 10:00:00"],
      "2027-06-01T00:00:00Z",
      ["2027-12-31T10:00:00Z", "2028-02-29T10:00:00Z"],
    ],
  ])("are found %s", (_, stamps, known, expected) => {
    expect(inferred([observed("syslog", stamps), at(known)]).times).toEqual(expected);
  });

  it("are found nearest to where another source ends, if that is nearer than where it begins", () => {
    const long = observed("rfc3339", ["2016-05-11T17:52:14Z", "2026-11-22T03:55:00Z"]);
    expect(inferred([observed("syslog", ["Nov 22 03:52:32"]), long]).times).toEqual(["2026-11-22T03:52:32Z"]);
  });

  it("are told with what they rest on", () => {
    const basis = (stamps: string[], ...others: ReturnType<typeof at>[]) =>
      inferred([observed("syslog", stamps), ...others]).clock.basis;
    expect(basis(["Nov 22 03:52:32"], at("2026-11-22T03:52:30Z"))).toMatch(
      /: 2026 \(the nearest to daemon\.log\)/,
    );
    expect(basis(["Feb 29 03:52:32"], at("2026-03-01T03:52:30Z"))).toMatch(
      /: 2024 \(the nearest to daemon\.log, with a February 29th\)/,
    );
    const rival = observed("rfc3339", ["2024-11-22T12:00:00Z"], { path: "old.log" });
    expect(basis(["Nov 22 03:52:32"], rival, at("2026-11-22T03:52:30Z"))).toMatch(
      /: 2026 \(the nearest to daemon\.log; old\.log would make it 2024\)/,
    );
    const asked = inferred([observed("syslog", ["Feb 29 03:52:32"])], { year: 2025 }).clock.basis;
    expect(asked).toMatch(/: 2025 \(as asked, though it has a February 29th\)/);
  });

  it.each<[string, string[], string]>([
    ["are before the bundle was collected", ["Nov 22 03:00:00"], "2026-11-22T03:00:00Z"],
    ["are a year earlier where they would be in the future", ["Dec 24 12:00:00"], "2025-12-24T12:00:00Z"],
    ["are those of the latest leap year", ["Feb 29 12:00:00"], "2024-02-29T12:00:00Z"],
    [
      "reach back over New Years",
      ["Feb 29 12:00:00", "Dec 31 00:00:00", "Jan  1 00:00:00"],
      "2024-02-29T12:00:00Z",
    ],
    [
      "count from the latest in a file that runs backwards",
      ["Jan  3 00:00:00", "Jan  2 00:00:00", "Jan  1 00:00:00", "Dec 31 00:00:00", "Dec 30 00:00:00"],
      "2026-01-03T00:00:00Z",
    ],
  ])("%s", (_, stamps, first) =>
    expect(inferred([observed("syslog", stamps, { host: collected("2026-11-22T03:50:45Z") })]).times[0]).toBe(
      first,
    ),
  );

  it("take New Year in local time from inner stamps that are still in the old year", () => {
    const journal = observed("syslog", ["Jan  1 01:00:00", "Jan  1 01:00:05"], {
      inner: ["2026-12-31T22:00:00Z", "2026-12-31T22:00:05Z"],
    });
    expect(inferred([journal]).times).toEqual(["2026-12-31T22:00:00Z", "2026-12-31T22:00:05Z"]);
    expect(inferred([journal]).clock).toMatchObject({ year: 2027, zone: "UTC+03:00" });
  });

  it("are right for any log whose gaps are below half a year, forwards and backwards (property)", () => {
    const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const days = fc.array(fc.integer({ min: 0, max: 170 }), { minLength: 4, maxLength: 25 });
    const written = (ms: number, zone: string) => {
      const date = new Date(ms + namedZone(zone).at(ms * 1000) / 1000);
      const day = String(date.getUTCDate()).padStart(2, " ");
      return `${months[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)}`;
    };
    // No zone that puts clocks back: times that come twice are another test's.
    const zones = fc.constantFrom("UTC", "Asia/Kolkata", "Etc/GMT+12", "Pacific/Kiritimati");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 * 365 }),
        fc.nat(86_399),
        days,
        zones,
        fc.boolean(),
        (first, second, gaps, tz, backwards) => {
          let ms = Date.UTC(2004, 0, 1) + first * 86_400_000 + second * 1000;
          const truth = [ms, ...gaps.map((gap) => (ms += (gap + 1) * 86_400_000))];
          if (backwards) truth.reverse();
          const stamps = truth.map((each) => written(each, tz));
          const year = new Date(truth[0]! + namedZone(tz).at(truth[0]! * 1000) / 1000).getUTCFullYear();
          const { times, reversed } = inferred([observed("syslog", stamps)], { year, tz });
          expect(reversed).toBe(backwards);
          expect(times).toEqual(truth.map((each) => new Date(each).toISOString().replace(".000Z", "Z")));
        },
      ),
      { seed: 1972, numRuns: 500 },
    );
  });
});

describe("times of day", () => {
  const day = at("2026-11-22T12:00:00Z");
  it.each<[string, string[], string[]]>([
    [
      "a packet that comes late at midnight",
      ["23:59:59.9", "00:00:00.1", "23:59:59.95", "00:00:00.2"],
      ["22T23:59:59.900Z", "23T00:00:00.100Z", "22T23:59:59.950Z", "23T00:00:00.200Z"],
    ],
    [
      "two midnights",
      ["23:00:00.0", "01:00:00.0", "13:00:00.0", "00:30:00.0"],
      ["22T23:00:00Z", "23T01:00:00Z", "23T13:00:00Z", "24T00:30:00Z"],
    ],
    [
      "a file that runs backwards",
      ["00:00:02.0", "00:00:01.0", "00:00:00.0", "23:59:59.0", "23:59:58.0"],
      ["22T00:00:02Z", "22T00:00:01Z", "22T00:00:00Z", "21T23:59:59Z", "21T23:59:58Z"],
    ],
    [
      "hours that are counted to twelve",
      ["11:59:59.5 PM", "12:00:00.5 AM", "12:00:00.5 PM"],
      ["22T23:59:59.500Z", "23T00:00:00.500Z", "23T12:00:00.500Z"],
    ],
  ])("are on the right days for %s", (_, stamps, expected) =>
    expect(inferred([observed("hms", stamps), day]).times).toEqual(expected.map((time) => `2026-11-${time}`)),
  );
});
