import { describe, expect, it } from "@jest/globals";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { ColumnCollector } from "../../src/export/columns.js";
import { documentOf } from "../../src/export/document.js";
import type { ExportedEvent } from "../../src/export/event.js";
import { exportParquet } from "../../src/export/parquet.js";
import { bytesOf, event, HOSTILE, handover, NOON, undated } from "./samples.js";

async function file(events: readonly ExportedEvent[]): Promise<ArrayBuffer> {
  const collector = new ColumnCollector();
  for (const each of events) collector.note(documentOf(each));
  const bytes = await bytesOf(exportParquet, handover(events, { columns: collector.all() }));
  return new Uint8Array(bytes).buffer;
}

const rows = async (events: readonly ExportedEvent[]) =>
  parquetReadObjects({
    file: await file(events),
    // Nanoseconds as they are: a Date would cut them.
    parsers: { timestampFromNanoseconds: (nanos: bigint) => nanos } as never,
  });

describe("a Parquet file", () => {
  it("gives every value back in its type, times to the nanosecond, and nothing where nothing was", async () => {
    const fields = {
      "dns.id": 7,
      "x.fraction": 0.5,
      "x.flag": true,
      "dns.resolved_ip": ["10.0.0.1", "10.0.0.2"],
    };
    const [first, second] = await rows([
      event({ fields, latest: NOON + 2 }),
      undated({ fields: { "x.fraction": 2 } }),
    ]);
    expect(first).toMatchObject({
      "@timestamp": 1795319557526690699n,
      "hindcast.latest": 1795319557526692000n,
      message: "Error getting v2 registry",
      "log.offset": 587n,
      "dns.id": 7n,
      "x.fraction": 0.5,
      "x.flag": true,
      "dns.resolved_ip": ["10.0.0.1", "10.0.0.2"],
    });
    expect(second!["@timestamp"] ?? null).toBeNull();
    expect(second!["dns.resolved_ip"] ?? null).toBeNull();
    expect(second).toMatchObject({ "x.fraction": 2 });
  });

  it("declares times as nanoseconds in UTC", async () => {
    const schema = parquetSchema(parquetMetadata(await file([event()])));
    expect(schema.children.find(({ element }) => element.name === "@timestamp")!.element).toMatchObject({
      type: "INT64",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "NANOS" },
    });
  });

  it("writes a field with values of several types as text, and a single value among lists as a list", async () => {
    const values = [7, "seven", ["a", "b"]];
    const all = await rows(values.map((value) => event({ fields: { mixed: value } })));
    expect(all.map((row) => row["mixed"])).toEqual(["7", "seven", "a; b"]);
    const lists = await rows(["a", ["b", "c"]].map((value) => event({ fields: { list: value } })));
    expect(lists.map((row) => row["list"])).toEqual([["a"], ["b", "c"]]);
  });

  it("is written in row groups, and keeps the order over them", async () => {
    const events = Array.from({ length: 25_000 }, (_, line) => event({ line, fields: {}, text: "x" }));
    const buffer = await file(events);
    expect(parquetMetadata(buffer).row_groups.map(({ num_rows }) => num_rows)).toEqual([20_000n, 5_000n]);
    const lines = await parquetReadObjects({ file: buffer, columns: ["log.origin.file.line"] });
    expect(lines.every((row, line) => row["log.origin.file.line"] === BigInt(line))).toBe(true);
  });

  it("keeps texts as they are, but for halves of surrogate pairs", async () => {
    const all = await rows(HOSTILE.map((text) => event({ text })));
    expect(all.map(({ message }) => message)).toEqual(
      HOSTILE.map((text) => text.replace("\ud800", "\\ud800").replace("\udc00", "\\udc00")),
    );
  });

  it("is a file also where there are no events", async () => {
    expect(parquetMetadata(await file([])).num_rows).toBe(0n);
  });
});
