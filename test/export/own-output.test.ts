import { describe, expect, it } from "@jest/globals";
import { exportCsv } from "../../src/export/csv.js";
import { exportEcs } from "../../src/export/ecs/export.js";
import type { Exporter } from "../../src/export/handover.js";
import { exportOtlp } from "../../src/export/otlp.js";
import { exportPerfetto } from "../../src/export/perfetto/export.js";
import { exportSarif } from "../../src/export/sarif/export.js";
import { exportTimesketch, exportTimesketchCsv } from "../../src/export/timesketch.js";
import { isOwnOutput, OWN_OUTPUT_HEAD } from "../../src/report/own-output.js";
import { event, handover, report, textOf } from "./samples.js";

const COLUMNS = [
  "@timestamp",
  "message",
  "event.action",
  "log.file.path",
  "log.offset",
  "log.origin.file.line",
].map((name) => ({ name, kind: "text" }) as const);

const FORMATS: [string, Exporter][] = [
  ["ecs", exportEcs("inc")],
  ["timesketch", exportTimesketch],
  ["timesketch-csv", exportTimesketchCsv],
  ["perfetto", exportPerfetto],
  ["otlp", exportOtlp],
  ["csv", exportCsv],
  ["sarif", exportSarif([])],
];

describe("an export saved beside the evidence", () => {
  it.each(FORMATS)("of %s is known for what it is", async (_, exporter) => {
    const text = await textOf(exporter, handover([event()], { report: report(), columns: COLUMNS }));
    expect(isOwnOutput(text.slice(0, OWN_OUTPUT_HEAD))).toBe(true);
  });

  it.each([
    '{"index":{"_index":"logs"}}\n{"message":"x"}',
    '{"traceEvents":[\n{"name":"process_name","ph":"M","pid":1,"tid":1,"args":{"name":"chrome"}}',
    "timestamp,message\n2026,x",
    "Nov 22 03:52:37 web1 hindcast: started",
  ])("is not what only looks like it: %j", (text) => {
    expect(isOwnOutput(text)).toBe(false);
  });
});
