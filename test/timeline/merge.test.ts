import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Event } from "../../src/model/event.js";
import { merge } from "../../src/timeline/merge.js";

const event = (source: number, line: number, time: number): Event => ({
  source,
  line,
  offset: 0,
  length: 0,
  time,
  ns: 0,
  latest: time,
  action: "x",
  category: "host",
  fields: {},
});

async function* batches(events: Event[], size: number): AsyncGenerator<Event[]> {
  for (let i = 0; i < events.length; i += size) yield events.slice(i, i + size);
}

async function merged(sources: number[][], size = 2): Promise<string[]> {
  const streams = sources.map((times, source) =>
    batches(
      times.map((time, i) => event(source, i + 1, time)),
      size,
    ),
  );
  const out: string[] = [];
  for await (const batch of merge(streams))
    for (const { source, line } of batch) out.push(`${source}.${line}`);
  return out;
}

describe("merge", () => {
  it("interleaves sources by time", async () => {
    expect(
      await merged([
        [1, 4, 7],
        [2, 3, 9],
      ]),
    ).toEqual(["0.1", "1.1", "1.2", "0.2", "0.3", "1.3"]);
  });

  it("gives ties to the source that comes first", async () => {
    expect(await merged([[5, 5], [5], [5]])).toEqual(["0.1", "0.2", "1.1", "2.1"]);
  });

  it("keeps a source's own order when its clock is set back", async () => {
    expect(
      await merged([
        [10, 2, 3, 11],
        [4, 10.5],
      ]),
    ).toEqual(["1.1", "0.1", "0.2", "0.3", "1.2", "0.4"]);
  });

  it("keeps unplaced events behind the record before them", async () => {
    expect(
      await merged([
        [1, Number.NaN, 5],
        [2, 3],
      ]),
    ).toEqual(["0.1", "0.2", "1.1", "1.2", "0.3"]);
  });

  it("loses nothing and inverts nothing, whatever comes, in batches of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 7 }),
        async (sources, size) => {
          const out = await merged(sources, size);
          expect(out).toHaveLength(sources.flat().length);
          for (const [source, times] of sources.entries()) {
            expect(out.filter((id) => id.startsWith(`${source}.`))).toEqual(
              times.map((_, i) => `${source}.${i + 1}`),
            );
          }
          if (sources.every((times) => times.every((time, i) => i === 0 || time >= times[i - 1]!))) {
            const order = out.map((id) => sources[Number(id.split(".")[0])]![Number(id.split(".")[1]) - 1]!);
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
