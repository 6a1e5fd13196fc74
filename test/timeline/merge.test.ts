import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { PacketRows } from "../../src/decode/packet/row-decoder.js";
import type { Event } from "../../src/model/event.js";
import { merge, mergeInto } from "../../src/timeline/merge.js";

const event = (source: number, line: number, time: number, latest = time): Event => ({
  source,
  line,
  offset: 0,
  length: 0,
  time,
  ns: 0,
  latest,
  action: "x",
  category: "host",
  fields: {},
});

async function* batches(events: Event[], size: number): AsyncGenerator<Event[]> {
  for (let i = 0; i < events.length; i += size) yield events.slice(i, i + size);
}

/** Records by their times, or by the intervals in which they lie. */
async function merged(sources: (number | [number, number])[][], size = 2): Promise<string[]> {
  const streams = sources.map((times, source) =>
    batches(
      times.map((time, i) => {
        const [from, to] = typeof time === "number" ? [time, time] : time;
        return event(source, i + 1, from, to);
      }),
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

  it("ends where a source was left before its end: what comes next may be in the rest of it", async () => {
    const isCut = { now: false };
    async function* left(): AsyncGenerator<Event[]> {
      yield [event(0, 1, 1), event(0, 2, 4)];
      isCut.now = true;
    }
    const others = batches(
      [2, 3, 5, 6].map((time, i) => event(1, i + 1, time)),
      4,
    );
    const out: string[] = [];
    for await (const batch of merge([left(), others], () => isCut.now))
      for (const { source, line } of batch) out.push(`${source}.${line}`);
    expect(out).toEqual(["0.1", "1.1", "1.2", "0.2"]);
  });

  it("gives ties to the source that comes first", async () => {
    expect(await merged([[5, 5], [5], [5]])).toEqual(["0.1", "0.2", "1.1", "2.1"]);
  });

  it("interleaves intervals by their beginnings", async () => {
    expect(
      await merged([
        [
          [1, 9],
          [4, 5],
        ],
        [2, [3, 20]],
      ]),
    ).toEqual(["0.1", "1.1", "1.2", "0.2"]);
  });

  it("puts what surely was at a time before what may have been", async () => {
    expect(await merged([[[5, 6]], [5], [[5, 5.5]]])).toEqual(["1.1", "2.1", "0.1"]);
    expect(await merged([[[1, 2], 1], [1]])).toEqual(["1.1", "0.1", "0.2"]);
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

describe("merging rows of captures with events", () => {
  const rowsOf = (source: number, times: number[]): PacketRows => ({
    source,
    before: 0,
    segment: { times: Float64Array.from(times), length: times.length } as PacketRows["segment"],
  });
  const isEvents = (batch: readonly number[] | PacketRows): batch is readonly number[] =>
    Array.isArray(batch);

  /** What comes out of lanes of batches: `0.5` is the item of source 0 with time 5. */
  async function runs(lanes: readonly (readonly (readonly number[] | PacketRows)[])[]): Promise<string[][]> {
    const out: string[][] = [];
    const streams = lanes.map(async function* (batches, source) {
      for (const batch of batches)
        yield isEvents(batch) ? batch.map((time) => event(source, 1, time)) : batch;
    });
    await mergeInto(streams, {
      pushEvents: (events, from, to) =>
        void out.push(events.slice(from, to).map(({ source, time }) => `${source}.${time}`)),
      pushRows: ({ source, segment }, from, to) =>
        void out.push([...segment.times.slice(from, to)].map((time) => `${source}.${time}`)),
    });
    return out;
  }

  it("gives a capture's rows in one run when no other source comes between", async () => {
    expect(await runs([[rowsOf(0, [1, 2, 3]), rowsOf(0, [4])]])).toEqual([["0.1", "0.2", "0.3"], ["0.4"]]);
  });

  it("cuts the runs where another source's items belong, ties in the order of the sources", async () => {
    expect(await runs([[rowsOf(0, [1, 3, 3, 6])], [[2, 3, 7]]])).toEqual([
      ["0.1"],
      ["1.2"],
      ["0.3", "0.3"],
      ["1.3"],
      ["0.6"],
      ["1.7"],
    ]);
  });

  it("keeps rows without a time, and those stamped too early, behind the row before them", async () => {
    expect(await runs([[rowsOf(0, [5, Number.NaN, 2, 8])], [[4, 6]]])).toEqual([
      ["1.4"],
      ["0.5", "0.NaN", "0.2"],
      ["1.6"],
      ["0.8"],
    ]);
  });
});
