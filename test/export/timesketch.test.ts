import { describe, expect, it } from "@jest/globals";
import { exportTimesketch, exportTimesketchCsv } from "../../src/export/timesketch.js";
import { readTable } from "./csv-reader.js";
import { event, HOSTILE, handover, jsonLines, type LeftOut, report, textOf, undated } from "./samples.js";

/** What Timesketch's importer refuses an event without (TIMESKETCH_FIELDS of its lib/utils.py). */
const REQUIRED = ["message", "datetime", "timestamp_desc"];
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;

const lines = async (...given: Parameters<typeof handover>) =>
  jsonLines(await textOf(exportTimesketch, handover(...given)));

describe("a timeline for Timesketch", () => {
  it("has the required fields, and the time in microseconds", async () => {
    const [first] = await lines([event({ findingIds: ["dns-timeout-1"], standsFor: "end" })]);
    expect(first).toMatchObject({
      message: "Error getting v2 registry",
      datetime: "2026-11-22T03:52:37.526690+00:00",
      timestamp: 1795319557526690,
      timestamp_desc: "End Time",
      tag: ["finding:dns-timeout-1"],
      "hindcast.time": "2026-11-22T03:52:37.526690699Z",
    });
    expect(first).not.toHaveProperty(["@timestamp"]);
  });

  it("has findings as events of their own, the root cause marked", async () => {
    const [first, second] = await lines([], { report: report() });
    expect(first).toMatchObject({
      message: "A DNS server did not answer in time: 10.0.0.1 left 2 questions unanswered",
      timestamp_desc: "Finding (high)",
      tag: ["finding", "finding:dns-timeout-1", "severity:high", "root-cause"],
    });
    expect(second).toMatchObject({ "hindcast.finding.caused_by": ["dns-timeout-1"] });
  });

  it("leaves out what has no time, and tells of it", async () => {
    const leftOut: LeftOut = [];
    const all = await lines([undated(), event()], { report: report() }, leftOut);
    expect(all).toHaveLength(3);
    expect(leftOut).toEqual([
      "1 finding: it has no time on the common clock",
      "1 record: it has no time on the common clock",
    ]);
  });

  it("is the same as CSV, with tags as a list in JSON", async () => {
    const columns = ["@timestamp", "message", "registry.host", "hindcast.finding.id"].map(
      (name) => ({ name, kind: "text" }) as const,
    );
    const given = { report: report(), columns };
    const events = [event({ findingIds: ["a-1"] })];
    const rows = readTable(await textOf(exportTimesketchCsv, handover(events, given)));
    const objects = await lines(events, given);
    expect(rows).toHaveLength(objects.length);
    for (const [i, row] of rows.entries()) {
      for (const name of REQUIRED) expect(row[name]).toBe(objects[i]![name]);
      expect(JSON.parse(row["tag"]!)).toEqual(objects[i]!["tag"]);
      expect(row["timestamp"]).toBe(String(objects[i]!["timestamp"]));
    }
    expect(rows.at(-1)).toMatchObject({ "registry.host": "docker.corp.test", "hindcast.finding.id": "a-1" });
    expect(Object.keys(rows[0]!)).toHaveLength(new Set(Object.keys(rows[0]!)).size);
  });

  it("is whole whatever stands in evidence", async () => {
    const all = await lines(HOSTILE.map((text) => event({ text, source: text })));
    expect(all).toHaveLength(HOSTILE.length);
    for (const line of all) {
      for (const name of REQUIRED) expect(typeof line[name]).toBe("string");
      expect(line["datetime"]).toMatch(ISO);
    }
  });
});
