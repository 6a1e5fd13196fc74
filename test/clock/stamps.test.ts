import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readAnyForm, readStamp } from "../../src/clock/stamps.js";
import type { StampKind } from "../../src/model/stamp.js";
import { readFixed } from "../../src/scan/fixed-stamps.js";

const utc = (text: string) => Date.parse(text) * 1000;

describe("readStamp", () => {
  it.each<[StampKind, string, number, number]>([
    ["rfc3339", "2026-11-22T03:52:32.525263649Z", utc("2026-11-22T03:52:32.525Z") + 263, 649],
    ["rfc3339", "2026-11-22T06:52:32.5+03:00", utc("2026-11-22T03:52:32.5Z"), 0],
    ["rfc3339", "2026-11-22T03:52:32,525263+00:00", utc("2026-11-22T03:52:32.525Z") + 263, 0],
    ["rfc3339", "2026-11-22T00:52:32-0300", utc("2026-11-22T03:52:32Z"), 0],
    ["epoch", "1795319188.965243", 1795319188965243, 0],
    ["epoch", "1795319188.965243981", 1795319188965243, 981],
    ["clf", "22/Nov/2026:03:52:37 +0000", utc("2026-11-22T03:52:37Z"), 0],
    ["clf", "22/Nov/2026:06:52:37 +0300", utc("2026-11-22T03:52:37Z"), 0],
    ["datetime", "2026-11-22 03:46:26.201760", utc("2026-11-22T03:46:26.201Z") + 760, 0],
    ["monotonic", "1713688351", 1_713_688_351, 0],
    ["datetime", "22-Nov-2026 12:15:09.781", utc("2026-11-22T12:15:09.781Z"), 0],
    [
      "datetime",
      "<hour>3</hour><min>52</min><sec>30</sec><wday>1</wday><day>22</day><month>11</month><year>2026</year>",
      utc("2026-11-22T03:52:30Z"),
      0,
    ],
    ["datetime", "22/Nov/2026:12:15:09.781", utc("2026-11-22T12:15:09.781Z"), 0],
    ["datetime", "22 Nov 2026 03:52:32.123", utc("2026-11-22T03:52:32.123Z"), 0],
    ["datetime", "22.11.2026, 03:52:32", utc("2026-11-22T03:52:32Z"), 0],
    ["slashdate", "11/22/2026 3:52:32 PM", utc("2026-11-22T15:52:32Z"), 0],
    ["slashdate", "11/2/2026 12:00:01 am", utc("2026-11-02T00:00:01Z"), 0],
    ["slashdate", "11/12/2026 03:52:32", Number.NaN, 0],
    ["ctime", "Nov 22, 2026 12:52:32 PM", utc("2026-11-22T12:52:32Z"), 0],
    ["clf", "2 Nov 2026 03:52:37 +0300", utc("2026-11-02T00:52:37Z"), 0],
    ["rfc3339", "2026-11-22 03:52:32.123 UTC", utc("2026-11-22T03:52:32.123Z"), 0],
    ["rfc3339", "2026-11-22 03:52:32,123 -05", utc("2026-11-22T08:52:32.123Z"), 0],
    ["ctime", "Sun Nov 22 03:50:45 2026", utc("2026-11-22T03:50:45Z"), 0],
    ["ctime", "Sun Nov  2 03:50:45 UTC 2026", utc("2026-11-02T03:50:45Z"), 0],
    ["ctime", "Sun Nov 22 03:50:45 2026 61877 usec", utc("2026-11-22T03:50:45.061Z") + 877, 0],
    ["slashdate", "2026/11/22 03:52:37", utc("2026-11-22T03:52:37Z"), 0],
    ["syslog", "Nov  2 03:52:32", utc("1972-11-02T03:52:32Z"), 0],
    ["syslog", "11\xe6\x9c\x88 22 03:52:32", utc("1972-11-22T03:52:32Z"), 0],
    ["syslog", "6\xec\x9b\x94  2 03:52:32.5", utc("1972-06-02T03:52:32.5Z"), 0],
    ["syslog", "\xd0\xbd\xd0\xbe\xd1\x8f 22 03:52:32", Number.NaN, 0],
    ["ctime", "\xe6\x97\xa5 11\xe6\x9c\x88 22 03:52:32 2026", utc("2026-11-22T03:52:32Z"), 0],
    ["ctime", "\xd0\x92\xd1\x81 \xd0\xbd\xd0\xbe\xd1\x8f 22 03:52:32 2026", Number.NaN, 0],
    ["syslog", "1122 03:52:32.525263", utc("1972-11-22T03:52:32.525Z") + 263, 0],
    ["syslog", "Feb 29 23:59:59.999999", utc("1972-02-29T23:59:59.999Z") + 999, 0],
    ["hms", "03:52:32 PM", ((15 * 60 + 52) * 60 + 32) * 1e6, 0],
    ["hms", "12:00:01 AM", 1e6, 0],
    ["hms", "12:00:01.5 pm", (12 * 3600 + 1) * 1e6 + 500_000, 0],
    ["hms", "15:52:32 PM", ((15 * 60 + 52) * 60 + 32) * 1e6, 0],
    ["datetime", "2026-11-22 3:52:32 PM", utc("2026-11-22T15:52:32Z"), 0],
    ["datetime", "22-Nov-2026 12:15:09.781 AM", utc("2026-11-22T00:15:09.781Z"), 0],
    ["syslog", "Nov 22 12:52:32 AM", utc("1972-11-22T00:52:32Z"), 0],
    ["ctime", "Sun Nov 22 03:50:45 PM MSK 2026", utc("2026-11-22T15:50:45Z"), 0],
    ["ctime", "Sun 22 Nov 2026 12:50:45 AM UTC", utc("2026-11-22T00:50:45Z"), 0],
    ["clf", "Sun, 22 Nov 2026 06:16:29 +0300", utc("2026-11-22T03:16:29Z"), 0],
    ["hms", "03:46:29.776817", ((3 * 60 + 46) * 60 + 29) * 1e6 + 776817, 0],
    ["monotonic", "1386.422010", 1386422010, 0],
    ["delta", "0.000113", 113, 0],
    ["sincestart_ms", "106.197", 106_197, 0],
    ["sincestart_ms", "0.040", 40, 0],
  ])("reads %s %s", (kind, text, us, ns) => expect(readStamp(kind, text)).toMatchObject({ us, ns }));

  it.each<[StampKind, string, object]>([
    ["datetime", "2026-11-22 03:52", { whole: true, minutes: true }],
    ["rfc3339", "2026-11-22T03:52Z", { whole: true, minutes: true }],
    ["hms", "03:52 PM", { whole: true, minutes: true }],
    ["datetime", "2026-11-22 03:52:32", { whole: true }],
    ["clf", "22/Nov/2026:03:52:37 +0000", { whole: true }],
    ["rfc3339", "2026-11-22 03:52:32 +03:00", { whole: true }],
    ["epoch", "1795319188", { whole: true }],
    ["datetime", "2026-11-22 03:52:32,123", {}],
  ])("says what %s %s leaves open", (kind, text, open) => {
    const { whole, minutes } = readStamp(kind, text);
    expect({ ...(whole && { whole }), ...(minutes && { minutes }) }).toEqual(open);
  });

  it.each<[string, number]>([
    ["Sun Nov 22 03:50:45 UTC 2026", 0],
    ["Sun Nov 22 03:50:45 +0530 2026", 5.5 * 3600e6],
    ["Sun 22 Nov 2026 03:50:45 PM GMT", 0],
    ["Sun 22 Nov 2026 03:50:45 PM -03", -3 * 3600e6],
    // Moscow, or Muscat? And Indian, Irish or Israeli time?
    ["Sun Nov 22 03:50:45 MSK 2026", Number.NaN],
    ["Sun 22 Nov 2026 03:50:45 PM IST", Number.NaN],
    ["Sun Nov 22 03:50:45 2026", Number.NaN],
  ])("takes the zone from %p where it means one alone", (text, zone) =>
    expect(readStamp("ctime", text).zone).toBe(zone),
  );

  it.each<[StampKind, string]>([
    ["syslog", "Nov"],
    ["rfc3339", ""],
    ["hms", "ab:cd"],
    ["clf", "22/Foo/2026:03:52:37 +0000"],
    ["ctime", "x"],
    ["none", ""],
  ])("gives NaN for %s %p, which is no time", (kind, text) => expect(readStamp(kind, text).us).toBeNaN());

  it("reads back every time that ISO 8601 can write", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1970-01-01Z"), max: new Date("2199-12-31Z"), noInvalidDate: true }),
        (date) => {
          expect(readStamp("rfc3339", date.toISOString()).us).toBe(date.getTime() * 1000);
        },
      ),
    );
  });
});

describe("stamps whose parts stand at fixed places", () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, "0"));
  const time = fc.tuple(two(25), two(61), two(61)).map((parts) => parts.join(":"));
  const fraction = fc.oneof(fc.constantFrom("", ".", ",5", ".5x"), fc.stringMatching(/^\.\d{1,11}$/));
  const month = fc.constantFrom("Jan", "Feb", "Jun", "Dec", "dec", "Foo");
  const forms: [StampKind, fc.Arbitrary<string>][] = [
    [
      "rfc3339",
      fc
        .tuple(
          fc.constantFrom("2026-", "1999-"),
          two(13),
          fc.constant("-"),
          two(32),
          fc.constantFrom("T", " "),
          time,
          fraction,
          fc.constantFrom("Z", "z", "+03:00", "-05:30", "+0300", "", " UTC"),
        )
        .map((parts) => parts.join("")),
    ],
    [
      "syslog",
      fc
        .tuple(
          month,
          fc.constantFrom(" ", "  "),
          fc.constantFrom("1", "02", "29", "31"),
          fc.constant(" "),
          time,
          fraction,
        )
        .map((parts) => parts.join("")),
    ],
    ["hms", fc.tuple(time, fraction).map((parts) => parts.join(""))],
    ["epoch", fc.tuple(fc.stringMatching(/^-?\d{9,11}$/), fraction).map((parts) => parts.join(""))],
  ];

  it.each(forms)("of kind %s mean what reading them part by part gives (property)", (kind, form) => {
    let fixed = 0;
    // One char in some place may be any other.
    const spoilt = fc.tuple(form, fc.nat(40), fc.constantFrom("", "", "", "x", " ", "7", ":"));
    fc.assert(
      fc.property(spoilt, ([whole, at, char]) => {
        const text = char === "" ? whole : whole.slice(0, at) + char + whole.slice(at + 1);
        const read = readFixed(kind, text);
        if (read) fixed++;
        expect(read ?? readAnyForm(kind, text)).toEqual(readAnyForm(kind, text));
      }),
      { seed: 11, numRuns: 4000 },
    );
    expect(fixed).toBeGreaterThan(200);
  });

  it.each<[StampKind, string]>([
    ["rfc3339", "2026-11-22T03:52:32.525263649Z"],
    ["rfc3339", "2026-11-22T06:52:32+03:00"],
    ["syslog", "Nov  2 03:52:32"],
    ["syslog", "Nov 22 03:52:32.525263"],
    ["hms", "03:46:29.776817"],
    ["epoch", "1795319188.965243"],
  ])("%s %s is one", (kind, text) => expect(readFixed(kind, text)).toBeDefined());
});
