import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ZEEK_RECORD } from "../../../src/decode/zeek/events.js";
import { ZeekLog } from "../../../src/decode/zeek/log.js";
import type { Event } from "../../../src/model/event.js";

const SECOND = 1_000_000;
const row = (line: number, time: number): Event => ({
  source: 0,
  line,
  offset: line,
  length: 1,
  time,
  ns: 0,
  latest: time,
  action: ZEEK_RECORD,
  category: "network",
  fields: { "event.action": "network.flow" },
});

function given(times: readonly number[]): { events: Event[]; before: number } {
  const events: Event[] = [];
  const log = new ZeekLog((event) => events.push(event));
  for (const [line, time] of times.entries()) log.push(row(line, time));
  const before = events.length;
  log.end();
  return { events, before };
}

describe("rows of a Zeek log", () => {
  it("come in order of time, if they stand not too far from their place; equal ones in the file's order", () => {
    const delays = fc.array(fc.tuple(fc.nat(20), fc.nat(80)), { maxLength: 200 });
    fc.assert(
      fc.property(delays, (steps) => {
        // Each begins a while after the one before, and is written when it ends.
        let begun = 0;
        const flows = steps.map(([step, lasts]) => ({ time: (begun += step) * SECOND, end: begun + lasts }));
        const written = [...flows].sort((a, b) => a.end - b.end);
        const { events } = given(written.map(({ time }) => time));
        expect(events.map(({ time }) => time)).toEqual(flows.map(({ time }) => time));
        for (let i = 1; i < events.length; i++)
          if (events[i]!.time === events[i - 1]!.time)
            expect(events[i]!.line).toBeGreaterThan(events[i - 1]!.line);
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it("are given as soon as nothing earlier can come, not at the end of all", () => {
    const { events, before } = given(Array.from({ length: 500 }, (_, i) => i * SECOND));
    expect(before).toBe(500 - 91);
    expect(events).toHaveLength(500);
  });

  it("without a time are given at once", () => {
    expect(given([Number.NaN]).before).toBe(1);
  });
});
