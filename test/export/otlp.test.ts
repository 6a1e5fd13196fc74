import { describe, expect, it } from "@jest/globals";
import { exportOtlp } from "../../src/export/otlp.js";
import { event, HOSTILE, handover, jsonLines, textOf, undated } from "./samples.js";

type Check = (value: unknown) => void;
const text: Check = (value) => expect(typeof value).toBe("string");
const truth: Check = (value) => expect(typeof value).toBe("boolean");
const fixed64: Check = (value) => expect(value).toMatch(/^\d{1,20}$/);
const int64: Check = (value) => expect(value).toMatch(/^-?\d{1,19}$/);
const double: Check = (value) =>
  expect(typeof value === "number" || ["NaN", "Infinity", "-Infinity"].includes(String(value))).toBe(true);
const severity: Check = (value) => expect([1, 5, 7, 9, 10, 13, 17, 18, 19, 21]).toContain(value);
const message =
  (fields: () => Record<string, Check>): Check =>
  (value) => {
    const checks = fields();
    for (const [name, inner] of Object.entries(value as object)) {
      expect(Object.keys(checks)).toContain(name);
      checks[name]!(inner);
    }
  };
const repeated =
  (check: Check): Check =>
  (value) => {
    expect(Array.isArray(value)).toBe(true);
    for (const one of value as unknown[]) check(one);
  };

/** The messages of opentelemetry/proto/{logs,common,resource}/v1, with the names that they have in JSON. */
const anyValue: Check = (value) => {
  message(() => ({
    stringValue: text,
    boolValue: truth,
    intValue: int64,
    doubleValue: double,
    arrayValue: message(() => ({ values: repeated(anyValue) })),
  }))(value);
  // A oneof.
  expect(Object.keys(value as object)).toHaveLength(1);
};
const keyValue = message(() => ({ key: text, value: anyValue }));
const logsData = message(() => ({
  resourceLogs: repeated(
    message(() => ({
      resource: message(() => ({ attributes: repeated(keyValue) })),
      scopeLogs: repeated(
        message(() => ({
          scope: message(() => ({ name: text, version: text })),
          logRecords: repeated(
            message(() => ({
              timeUnixNano: fixed64,
              observedTimeUnixNano: fixed64,
              severityNumber: severity,
              severityText: text,
              eventName: text,
              body: anyValue,
              attributes: repeated(keyValue),
            })),
          ),
        })),
      ),
    })),
  ),
}));

interface Logs {
  resourceLogs: { resource: object; scopeLogs: { logRecords: Record<string, unknown>[] }[] }[];
}

const records = (lines: Record<string, unknown>[]) =>
  (lines as unknown as Logs[]).flatMap(({ resourceLogs }) =>
    resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)),
  );

describe("logs for OpenTelemetry", () => {
  it("are lines of LogsData by the protocol's definition, whatever stands in evidence", async () => {
    const events = HOSTILE.map((words, i) =>
      event({
        text: words,
        source: i % 3 ? "a.log" : words,
        fields: { "x.list": [words, 2, 0.5], "x.true": true, "x.nan": Number.NaN, "x.big": 2 ** 60 },
      }),
    );
    const lines = jsonLines(await textOf(exportOtlp, handover(events)));
    for (const line of lines) logsData(line);
    expect(records(lines)).toHaveLength(HOSTILE.length);
  });

  it("tell time, severity, kind and text of a record in their own places, all else as attributes", async () => {
    const fields = { "log.level": "Warning", "dns.id": 7 };
    const [record] = records(jsonLines(await textOf(exportOtlp, handover([event({ fields })]))));
    expect(record).toMatchObject({
      timeUnixNano: "1795319557526690699",
      severityNumber: 13,
      severityText: "Warning",
      eventName: "registry.v2_error",
      body: { stringValue: "Error getting v2 registry" },
    });
    expect(record!["attributes"]).toContainEqual({ key: "dns.id", value: { intValue: "7" } });
    expect(record!["attributes"]).toContainEqual({ key: "log.offset", value: { intValue: "587" } });
  });

  it("have no time where it is unknown", async () => {
    const [record] = records(jsonLines(await textOf(exportOtlp, handover([undated()]))));
    expect(record).not.toHaveProperty("timeUnixNano");
  });

  it("stay in their order, with a resource for each source", async () => {
    const events = ["a", "a", "b", "a"].map((source, line) => event({ source, line }));
    const lines = jsonLines(await textOf(exportOtlp, handover(events)));
    const order = records(lines).map(
      ({ attributes }) =>
        (attributes as { key: string; value: { intValue: string } }[]).find(
          ({ key }) => key === "log.origin.file.line",
        )!.value.intValue,
    );
    expect(order).toEqual(["0", "1", "2", "3"]);
    expect((lines as unknown as Logs[]).map(({ resourceLogs }) => resourceLogs.length)).toEqual([1, 2]);
  });
});
