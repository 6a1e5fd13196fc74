import { describe, expect, it } from "@jest/globals";
import { ColumnCollector } from "../../src/export/columns.js";
import { exportCsv } from "../../src/export/csv.js";
import { documentOf } from "../../src/export/document.js";
import type { ExportedEvent } from "../../src/export/event.js";
import { readCsv, readTable } from "./csv-reader.js";
import { event, HOSTILE, handover, textOf, undated } from "./samples.js";

function columnsOf(events: readonly ExportedEvent[]) {
  const collector = new ColumnCollector();
  for (const each of events) collector.note(documentOf(each));
  return collector;
}

const csv = (events: readonly ExportedEvent[], columns = columnsOf(events).all()) =>
  textOf(exportCsv, handover(events, { columns }));

describe("events as CSV", () => {
  it("have a column for each field, those that all may have first", async () => {
    const events = [
      event({ fields: { "dns.id": 7, "a.b": "x" } }),
      undated({ fields: { "c.d": ["p", "q"] } }),
    ];
    const [head] = readCsv(await csv(events));
    expect(head!.slice(0, 3)).toEqual(["timestamp", "message", "event.action"]);
    expect(head!.slice(-3)).toEqual(["a.b", "c.d", "dns.id"]);
    const [first, second] = readTable(await csv(events));
    expect(first).toMatchObject({ timestamp: "2026-11-22T03:52:37.526690699Z", "dns.id": "7", "c.d": "" });
    expect(second).toMatchObject({ timestamp: "", "c.d": "p; q", "dns.id": "" });
  });

  it("have the columns that are asked for, also such that no event has", async () => {
    const events = [event()];
    const columns = columnsOf(events).named(["log.origin.file.line", "no.such", "@timestamp"]);
    expect(readCsv(await csv(events, columns))).toEqual([
      ["log.origin.file.line", "no.such", "timestamp"],
      ["5", "", "2026-11-22T03:52:37.526690699Z"],
    ]);
  });

  it.each(HOSTILE)("have no cell that acts: %j", async (text) => {
    const events = [event({ text, fields: { "x.y": text, list: [text] }, source: text })];
    const out = await csv(events);
    for (const cell of readCsv(out).flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/);
    expect(out.replaceAll("\r\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\ud800-\udfff]/);
    expect(readTable(out)).toHaveLength(1);
  });

  it("keep numbers numbers, negative ones too", async () => {
    const [row] = readTable(await csv([event({ fields: { "clock.offset_ms": -0.5 } })]));
    expect(row!["clock.offset_ms"]).toBe("-0.5");
  });
});
