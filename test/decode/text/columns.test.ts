import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ColumnWriter } from "../../../src/decode/text/column-writer.js";
import type { UntimedRecord } from "../../../src/decode/text/untimed.js";
import type { Fields } from "../../../src/model/event.js";
import { ofCodePoints } from "../../code-points.js";
import { recordsOf } from "./records.js";

function columnsOf(records: readonly UntimedRecord[]) {
  const writer = new ColumnWriter();
  for (const record of records) writer.add(record);
  expect(writer.count).toBe(records.length);
  return writer.take();
}

/** What comes out again, as another thread gets it. */
function sent(records: readonly UntimedRecord[]): UntimedRecord[] {
  const columns = columnsOf(records);
  return columns ? [...recordsOf(structuredClone(columns))] : [];
}

const record = (fields: Fields, over: Partial<UntimedRecord> = {}): UntimedRecord => ({
  line: 3,
  offset: 2 ** 40,
  length: 120,
  stamp: { kind: "syslog", text: "Mar  2 10:00:00" },
  told: [{ action: "registry.status", category: "web", fields }],
  ...over,
});

const text = fc.oneof(
  ofCodePoints({ maxLength: 30 }),
  fc.constantFrom("", "node-17", "\xff\x00", "€", "\ud800"),
);
const value = fc.oneof(
  text,
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, true, false, undefined),
  fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 }),
);
const NAMES = ["host.name", "url.full", "process.pid", "7", "message", "__proto__"];
const fields = fc
  .tuple(fc.shuffledSubarray(NAMES), fc.array(value, { minLength: 6, maxLength: 6 }))
  .map(([names, values]): Fields => Object.fromEntries(names.map((name, i) => [name, values[i]])));
const PLAIN = { noNullPrototype: true };
const told = fc.record(
  {
    action: fc.constantFrom("registry.status", "http.error"),
    category: fc.constantFrom("web", "network"),
    fields,
  },
  PLAIN,
);
const anyRecord: fc.Arbitrary<UntimedRecord> = fc
  .record({
    line: fc.nat(),
    offset: fc.maxSafeNat(),
    length: fc.nat(),
    stamp: fc.record({ kind: fc.constantFrom("syslog", "none", "rfc3339"), text }, PLAIN),
    told: fc.array(told, { maxLength: 2 }),
    sample: fc.boolean(),
  })
  .map(({ sample, ...rest }) => ({ ...rest, ...(sample && { sample: true as const }) }) as UntimedRecord);

describe("records as columns", () => {
  it("come out as they went in, with their fields in order", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 40 }), (records) => {
        const got = sent(records);
        expect(got).toStrictEqual(records);
        const orders = (all: readonly UntimedRecord[]) =>
          all.map(({ told }) => told.map((one) => Object.keys(one.fields)));
        expect(orders(got)).toEqual(orders(records));
      }),
      { seed: 20_261_122, numRuns: 150 },
    );
  });

  it("come out as they went in when a function is compiled for their fields", () => {
    const records = Array.from({ length: 300 }, (_, i) =>
      record({ "host.name": `node-${i % 3}`, "process.pid": i >> 4, message: i % 50 === 0 ? "€" : `m${i}` }),
    );
    expect(sent(records)).toStrictEqual(records);
  });

  it("hold once what the records have in common", () => {
    const common = { "host.name": "a-host-with-a-long-name", "process.name": "dockerd" };
    const records = Array.from({ length: 100 }, (_, i) => record({ ...common, "process.pid": i }));
    const columns = columnsOf(records)!;
    expect(columns.kinds).toHaveLength(1);
    expect(columns.texts.length).toBeLessThan(60);
    expect([...columns.numbers]).toEqual(records.map((_, i) => i));
  });

  it("begin anew after they were taken", () => {
    const writer = new ColumnWriter();
    const one = record({ "host.name": "node-17", message: "€" });
    for (let i = 0; i < 2; i++) {
      writer.add(one);
      expect([...recordsOf(writer.take()!)]).toStrictEqual([one]);
    }
    expect(writer.take()).toBeUndefined();
  });
});
