import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { exportSarif } from "../../src/export/sarif/export.js";
import type { Report } from "../../src/report/contract.js";
import { evidence, finding, HOSTILE, handover, report, textOf } from "./samples.js";

const schema = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "sarif-schema.json"), "utf8"),
) as object;
const validate = new Ajv({ strict: false }).compile(schema);

interface Log {
  runs: {
    tool: { driver: { rules: Record<string, unknown>[] } };
    results: Record<string, unknown>[];
    invocations: Record<string, unknown>[];
  }[];
}

async function run(given: Partial<Report> = {}): Promise<Log["runs"][number]> {
  const rules = [
    {
      id: "dns-timeout",
      description: "Nothing came back.",
      falsePositives: ["A slow server."],
      references: ["man 5 resolv.conf", "https://www.rfc-editor.org/rfc/rfc1035"],
    },
  ];
  const log = JSON.parse(await textOf(exportSarif(rules), handover([], { report: report(given) }))) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0]!;
}

describe("findings as SARIF", () => {
  it("are results with level, place and fingerprint", async () => {
    const { results } = await run();
    expect(results.map(({ level }) => level)).toEqual(["error", "warning", "note"]);
    expect(results[0]).toMatchObject({
      ruleId: "dns-timeout",
      message: { text: "10.0.0.1 left 2 questions unanswered" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "web1/journal.txt", uriBaseId: "EVIDENCE", index: 0 },
            region: { startLine: 5, byteOffset: 587, byteLength: 42 },
          },
        },
      ],
      partialFingerprints: { "hindcastFinding/v1": "dns-timeout dns.server.ip=10.0.0.1" },
    });
  });

  it("tell packets by bytes: they have no lines", async () => {
    const { results } = await run();
    const [packet] = results[1]!["relatedLocations"] as Record<string, unknown>[];
    expect(packet).toEqual({
      id: 1,
      message: { text: "record 7" },
      physicalLocation: {
        artifactLocation: { uri: "c.pcap", uriBaseId: "EVIDENCE", index: 1 },
        region: { byteOffset: 24, byteLength: 42 },
      },
    });
  });

  it("show the way from the root cause through what it caused, and nothing beside it", async () => {
    const { results } = await run();
    expect(results[0]).not.toHaveProperty("codeFlows");
    const [flow] = results[1]!["codeFlows"] as { threadFlows: { locations: Record<string, unknown>[] }[] }[];
    const steps = flow!.threadFlows[0]!.locations;
    expect(steps.map(({ location }) => (location as { message: { text: string } }).message.text)).toEqual([
      "no answer",
      "given up",
    ]);
    expect(steps[0]).toMatchObject({ executionOrder: 1, executionTimeUtc: "2026-11-22T03:52:32.533394000Z" });
  });

  it("come with their rules: what they are about, and what to do", async () => {
    const { tool, results } = await run();
    expect(tool.driver.rules[0]).toMatchObject({
      id: "dns-timeout",
      fullDescription: { text: "Nothing came back." },
      helpUri: "https://www.rfc-editor.org/rfc/rfc1035",
    });
    expect(JSON.stringify(tool.driver.rules[0]!["help"])).toContain("Ask the server directly.");
    for (const result of results)
      expect(tool.driver.rules[result["ruleIndex"] as number]!["id"]).toBe(result["ruleId"]);
  });

  it("say what could not be read", async () => {
    const { invocations } = await run({
      problems: [{ path: "a b.log", line: 3, severity: "error", message: "it breaks off" }],
    });
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "it breaks off" },
          locations: [
            { physicalLocation: { artifactLocation: { uri: "a%20b.log" }, region: { startLine: 3 } } },
          ],
        },
      ],
    });
  });

  it.each(HOSTILE)("hold no link and no address of evidence's making: %j", async (text) => {
    const { results } = await run({
      findings: [finding({ summary: text, evidence: [evidence({ source: `javascript:${text}`, text })] })],
      sources: [],
      story: [],
    });
    const { text: said } = results[0]!["message"] as { text: string };
    expect(said).not.toMatch(/(?<!\\)\]\(/);
    expect(said).not.toMatch(/(?<!\{)\{\d/);
  });
});
