import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { gantt } from "../../../src/report/markdown/mermaid.js";
import { ofCodePoints } from "../../code-points.js";
import { at } from "../samples.js";

const bar = (number: number, title: string, from: string, to: string, noticed = false) => ({
  number,
  title,
  from: at(from),
  to: at(to),
  noticed,
});

const T = { from: at("00:52:27.460"), to: at("00:52:37") };

describe("the Gantt chart of a story", () => {
  it("draws what lasted as bars and moments as marks, to the scale of seconds", () => {
    const bars = [
      bar(1, "A DNS server did not answer", "00:52:27.460", "00:52:32.525"),
      bar(2, "The daemon gave up the v2 registry", "00:52:32.525", "00:52:32.525"),
      bar(3, "No such tag", "00:52:37", "00:52:37", true),
    ];
    expect(gantt({ ...T, bars })).toEqual([
      "gantt",
      "  dateFormat YYYY-MM-DDTHH:mm:ss.SSS",
      "  axisFormat %H:%M:%S",
      "  tickInterval 2second",
      "  todayMarker off",
      "  section cause",
      "  1 A DNS server did not answer :crit, 2026-11-22T00:52:27.460, 2026-11-22T00:52:32.525",
      "  section then",
      "  2 The daemon gave up the v2 registry :milestone, 2026-11-22T00:52:32.525, 2026-11-22T00:52:32.525",
      "  section noticed",
      "  3 No such tag :milestone, 2026-11-22T00:52:37.000, 2026-11-22T00:52:37.000",
    ]);
  });

  it("lets nothing of a title be more than a title", () => {
    const task = /^ {2}1 (?:[\p{L}\p{N}' ]|-(?!-))*:crit, [\d:T.-]+, [\d:T.-]+$/u;
    const pieces = fc.constantFrom(
      ":",
      ";",
      "#",
      "%%",
      "{init}",
      "\n",
      "click",
      "-->",
      "--",
      "a",
      "é",
      "<b>",
      '"',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, ofCodePoints()), { maxLength: 12 }), (parts) => {
        const bars = [bar(1, parts.join(""), "00:52:27.460", "00:52:37")];
        expect(gantt({ ...T, bars }).at(-1)).toMatch(task);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("has ticks that can be told apart, from milliseconds to days", () => {
    const ticksOf = (to: string) =>
      gantt({ from: at("00:00:00"), to: at(to), bars: [] })
        .slice(2)
        .filter((line) => !line.includes("todayMarker"));
    expect(ticksOf("00:00:00.5")).toEqual(["  axisFormat %H:%M:%S.%L"]);
    expect(ticksOf("00:03:00")).toEqual(["  axisFormat %H:%M:%S", "  tickInterval 30second"]);
    expect(ticksOf("23:00:00")).toEqual(["  axisFormat %H:%M:%S", "  tickInterval 4hour"]);
  });
});
