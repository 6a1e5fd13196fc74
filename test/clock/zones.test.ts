import fs from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { posixZone } from "../../src/clock/posix-zone.js";
import { readTzFile } from "../../src/clock/tzfile.js";
import { LocalZone, namedZone } from "../../src/clock/zone.js";

const HOUR = 3600e6;
const utc = (text: string) => Date.parse(text) * 1000;
/** Every third day of some years, at changing hours. */
const INSTANTS = Array.from({ length: 1200 }, (_, i) => utc("2019-01-01T00:00:00Z") + i * 77 * HOUR);

/** Zones, and their rules as RFC 9636 has them at the end of a tzfile (tz database 2026a). */
const ZONES: readonly (readonly [name: string, rule: string])[] = [
  ["Europe/Moscow", "MSK-3"],
  ["Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"],
  ["America/New_York", "EST5EDT,M3.2.0,M11.1.0"],
  ["Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"],
  ["Asia/Kolkata", "IST-5:30"],
  ["Asia/Dubai", "<+04>-4"],
  ["America/Godthab", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"],
];

describe("a rule of the variable TZ", () => {
  it.each(ZONES.slice(0, -1))("gives the offsets of %s: %s", (name, rule) => {
    const [own, known] = [posixZone(rule)!, namedZone(name)];
    expect(INSTANTS.filter((us) => own.at(us) !== known.at(us))).toEqual([]);
  });

  it("may change before midnight, and count days of the year with February 29th or without", () => {
    const west = posixZone(ZONES.at(-1)![1])!;
    expect(west.at(utc("2026-03-29T00:59:59Z"))).toBe(-2 * HOUR);
    expect(west.at(utc("2026-03-29T01:00:00Z"))).toBe(-1 * HOUR);
    const [julian, zeroBased] = ["AAA0BBB,J60/0,J300", "AAA0BBB,59/0,300"].map((rule) => posixZone(rule)!);
    for (const [year, day] of [
      ["2023", "03-01"],
      ["2024", "03-01"],
    ])
      expect([
        julian!.at(utc(`${year}-${day}T00:00:00Z`) - 1),
        julian!.at(utc(`${year}-${day}T00:00:00Z`)),
      ]).toEqual([0, HOUR]);
    expect(zeroBased!.at(utc("2024-02-29T00:00:00Z"))).toBe(HOUR);
  });

  it.each(["", "UTC", "nonsense", "CET-1CEST,M3.5.0", "A-1"])("is not %j", (text) =>
    expect(posixZone(text)).toBeUndefined(),
  );
});

const ZONEINFO = "/usr/share/zoneinfo";
(fs.existsSync(ZONEINFO) ? describe : describe.skip)("a tzfile", () => {
  it.each(ZONES.map(([name]) => name))(
    "gives the offsets of %s, before its last change and after it",
    (name) => {
      const file = `${ZONEINFO}/${name}`;
      if (!fs.existsSync(file)) return;
      const [own, known] = [readTzFile(fs.readFileSync(file))!, namedZone(name)];
      for (const year of [1995, 2010, 2014, 2026, 2040])
        for (let month = 0; month < 12; month++) {
          const us = Date.UTC(year, month, 15) * 1000;
          expect([year, month, own.at(us)]).toEqual([year, month, known.at(us)]);
        }
    },
  );

  it("is read to no harm where it is damaged or cut", () => {
    const bytes = fs.readFileSync(`${ZONEINFO}/Europe/Berlin`);
    for (let end = 0; end < bytes.length; end += 7)
      expect(readTzFile(bytes.subarray(0, end))).toBeUndefined();
    for (let at = 4; at < bytes.length; at += 5) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0xff;
      expect(Number.isFinite(readTzFile(damaged)?.at(utc("2026-07-01T00:00:00Z")) ?? 0)).toBe(true);
    }
  });
});

describe("local time", () => {
  const berlin = new LocalZone(namedZone("Europe/Berlin"));
  it.each([
    ["2026-03-29T01:59:59Z", 1],
    ["2026-03-29T03:00:00Z", 2],
    ["2026-10-25T01:59:59Z", 2],
    ["2026-10-25T03:00:00Z", 1],
  ])("%s has the offset that its side of the change has", (local, hours) =>
    expect(berlin.offsetOf(utc(local))).toBe(hours * HOUR),
  );
});
