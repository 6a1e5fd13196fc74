import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../../src/grammar/generated.js";
import { rules } from "../../../src/rules/generated.js";
import type { ExportAccount } from "../../../src/run/export/account.js";
import { CannotMask, type ExportOptions, exportEvidence } from "../../../src/run/export/export.js";
import { timeline } from "../../../src/run/timeline.js";
import { readTable } from "../../export/csv-reader.js";
import { jsonLines } from "../../export/samples.js";

const incident = path.join(import.meta.dirname, "../../../fixtures/incidents/docker-bad-dns");

async function exported(options: Partial<ExportOptions> & Pick<ExportOptions, "format">) {
  const pieces: Buffer[] = [];
  const all = exportEvidence([incident], {
    grammars,
    rules,
    version: "test",
    index: "h",
    jobs: 1,
    ...options,
  });
  for (;;) {
    const next = await all.next();
    if (next.done) return { bytes: Buffer.concat(pieces), account: next.value as ExportAccount };
    pieces.push(Buffer.from(next.value));
  }
}

const text = async (...given: Parameters<typeof exported>) =>
  (await exported(...given)).bytes.toString("utf8");

/** The records that the timeline prints, as `source:line`. */
async function records(): Promise<string[]> {
  const all: string[] = [];
  for await (const batch of timeline([incident], { grammars, version: "test" }))
    all.push(...batch.map(({ source, line }) => `${source}:${line}`));
  return all;
}

const place = (document: Record<string, unknown>) =>
  `${document["log.file.path"]}:${document["log.origin.file.line"]}`;

describe("an export", () => {
  it("holds every record of the timeline, in its order, and every finding", async () => {
    const lines = jsonLines(await text({ format: "ecs" })).filter((line) => line["index"] === undefined);
    const events = lines.filter((line) => line["event.kind"] === "event");
    expect(events.map(place)).toEqual(await records());
    const alerts = lines.filter((line) => line["event.kind"] === "alert");
    expect(alerts.map((line) => line["rule.id"])).toContain("dns-timeout");
    // What a finding cites says so.
    const cited = events.filter((line) => String(line["hindcast.finding.id"]).includes("dns-timeout-1"));
    expect(cited.map(place)).toEqual(alerts[0]!["hindcast.finding.evidence"]);
  });

  it("is a table of all records and fields", async () => {
    const { bytes, account } = await exported({ format: "csv" });
    const rows = readTable(bytes.toString("utf8"));
    expect(new Set(rows.map(place)).size).toBe(rows.length);
    expect(rows[0]).toHaveProperty(["dns.server.ip"]);
    expect(account).toMatchObject({ records: rows.length, leftOut: [] });
  });

  it("tells what a format cannot hold", async () => {
    const { bytes, account } = await exported({ format: "timesketch", noFindings: true });
    expect(account.leftOut).toEqual([
      { what: "record", reason: "it has no time on the common clock", count: 3 },
    ]);
    expect(jsonLines(bytes.toString("utf8"))).toHaveLength(account.records - 3);
  });

  it("holds what is chosen alone: records, and the findings that cite such", async () => {
    const out = jsonLines(await text({ format: "timesketch", source: ["host_any"], action: ["dns.*"] }));
    const findings = out.filter((line) => String(line["timestamp_desc"]).startsWith("Finding"));
    expect(findings.map((line) => line["hindcast.finding.id"])).toEqual(["dns-timeout-1"]);
    for (const line of out.slice(findings.length)) {
      expect(line["log.file.path"]).toBe("host_any.pcap");
      expect(line["event.action"]).toMatch(/^dns\./);
    }
    expect(out.length).toBeGreaterThan(5);
    const grepped = jsonLines(await text({ format: "timesketch", noFindings: true, grep: ["v2 registry"] }));
    expect(grepped.length).toBeGreaterThan(0);
    for (const line of grepped) expect(JSON.stringify(line)).toContain("v2 registry");
  });

  it("holds the packets that findings cite, as they lie in the capture", async () => {
    const { bytes, account } = await exported({ format: "pcap" });
    // The question for docker.moscow.corp.test, as it is on the wire.
    const question = Buffer.from("\x06docker\x06moscow\x04corp\x04test\0", "latin1");
    expect(bytes.readUInt32LE(0)).toBe(0x0a0d0d0a);
    expect(bytes.includes(question)).toBe(true);
    expect(bytes.includes("host_any.pcap: packet 6; cited by dns-timeout-1")).toBe(true);
    expect(bytes.includes("host_any.pcap: packet 5;")).toBe(false);
    expect(account.leftOut).toEqual([]);
  });

  it.each(["ecs", "perfetto", "csv"] as const)(
    "has every value pass the mask before %s gets it",
    async (format) => {
      const mask = <T>(value: T): T =>
        JSON.parse(
          JSON.stringify(value).replaceAll("moscow", "xxxxxx").replaceAll("172.28.1.15", "10.9.9.9"),
        ) as T;
      const out = await text({ format, mask });
      expect(out).toContain("xxxxxx");
      expect(out).not.toMatch(/moscow|172\.28\.1\.15/);
    },
  );

  it("masks no packets, and says so", async () => {
    await expect(exported({ format: "pcap", mask: (value) => value })).rejects.toThrow(CannotMask);
  });

  it("can be broken off", async () => {
    const all = exportEvidence([incident], {
      grammars,
      rules: [],
      version: "test",
      index: "h",
      format: "otlp",
    });
    expect((await all.next()).done).toBe(false);
    await all.return({ records: 0, leftOut: [], problems: [] });
    expect((await all.next()).done).toBe(true);
  });
});
