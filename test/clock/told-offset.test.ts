import { describe, expect, it } from "@jest/globals";
import { offsetText, parseToldOffset } from "../../src/clock/told-offset.js";

describe("an offset that is told", () => {
  it.each<[string, string, number]>([
    ["access.log=+3.2", "access.log", 3.2],
    ["access.log=3.2", "access.log", 3.2],
    ["access.log=-17", "access.log", -17],
    ["a=b.log=-.5", "a=b.log", -0.5],
    ["*.pcap=+1h30m", "*.pcap", 5400],
    ["clock-2=-2d", "clock-2", -172_800],
    ["clock-2=250ms", "clock-2", 0.25],
    ["clock-2=1m2.5s", "clock-2", 62.5],
    ["x=0.0000014", "x", 0.000001],
    ["x=-0", "x", 0],
  ])("reads %s", (text, pattern, seconds) => expect(parseToldOffset(text)).toEqual({ pattern, seconds }));

  it.each([
    "",
    "x",
    "x=",
    "=3",
    "x=three",
    "x=1.2.3",
    "x=+-3",
    "x=1h30",
    "x=3 s",
    "x=1e3",
    "x=9999999999",
    "x=5y",
    "x=NaN",
  ])("does not read %j", (text) => expect(parseToldOffset(text)).toBeUndefined());

  it("is shown with its sign", () => {
    expect([3.2, -0.000001, 0].map(offsetText)).toEqual(["+3.2 s", "-0.000001 s", "+0 s"]);
  });
});
