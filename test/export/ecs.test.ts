import { describe, expect, it } from "@jest/globals";
import { exportEcs } from "../../src/export/ecs/export.js";
import { indexTemplate } from "../../src/export/ecs/template.js";
import { event, HOSTILE, handover, jsonLines, report, textOf, undated } from "./samples.js";

interface Bulk {
  index: string;
  id: string | undefined;
  document: Record<string, unknown>;
}

/** Reads the body of a `_bulk` request as Elasticsearch does: an action, then its document, a newline after each. */
function bulk(text: string): Bulk[] {
  const lines = jsonLines(text);
  expect(lines.length % 2).toBe(0);
  return Array.from({ length: lines.length / 2 }, (_, i) => {
    const [action, document] = [lines[2 * i]!, lines[2 * i + 1]!];
    expect(Object.keys(action)).toEqual(["index"]);
    const { _index, _id, ...rest } = action["index"] as Record<string, string>;
    expect(rest).toEqual({});
    return { index: _index!, id: _id, document };
  });
}

const exported = async (...given: Parameters<typeof handover>) =>
  bulk(await textOf(exportEcs("inc-4711"), handover(...given)));

describe("a bulk request for Elasticsearch", () => {
  it("sends events to their index, with ECS names", async () => {
    const [first] = await exported([event({ findingIds: ["dns-timeout-1"] })]);
    expect(first).toMatchObject({
      index: "inc-4711-events",
      document: {
        "@timestamp": "2026-11-22T03:52:37.526690699Z",
        "event.kind": "event",
        "event.category": ["network"],
        "event.action": "registry.v2_error",
        "log.file.path": "web1/journal.txt",
        "hindcast.finding.id": ["dns-timeout-1"],
        "ecs.version": "9.0.0",
      },
    });
  });

  it("sends findings first, as alerts to an index of their own", async () => {
    const all = await exported([event()], { report: report() });
    expect(all.map(({ index }) => index)).toEqual([
      "inc-4711-findings",
      "inc-4711-findings",
      "inc-4711-findings",
      "inc-4711-events",
    ]);
    expect(all[0]!.document).toMatchObject({
      "@timestamp": "2026-11-22T03:52:32.533394000Z",
      "event.kind": "alert",
      "event.severity": 73,
      "rule.id": "dns-timeout",
      "hindcast.finding.root_cause": true,
      "dns.server.ip": ["10.0.0.1"],
    });
    expect(all[1]!.document).toMatchObject({ "hindcast.finding.caused_by": ["dns-timeout-1"] });
    // Its end has no nanoseconds, and would lie before its beginning.
    expect(all[1]!.document).not.toHaveProperty(["event.end"]);
  });

  it("sends what has no time without one", async () => {
    const [first] = await exported([undated()]);
    expect(first!.document).not.toHaveProperty(["@timestamp"]);
  });

  it("names documents by evidence and place, so that sending them twice makes no copies", async () => {
    // One record may give several events.
    const events = [event(), event(), event({ offset: 700 })];
    const [once, again] = [
      await exported(events, { report: report() }),
      await exported(events, { report: report() }),
    ];
    const ids = once.map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
    expect(ids.every((id) => id !== undefined && Buffer.byteLength(id) <= 512)).toBe(true);
    expect(again).toEqual(once);
    const other = report();
    other.sources[0]!.sha256 = "cd".repeat(32);
    const changed = await exported(events, { report: other });
    expect(changed.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([]);
  });

  it("leaves names to Elasticsearch where no hash tells evidence apart", async () => {
    expect((await exported([event()]))[0]!.id).toBeUndefined();
  });

  it.each(HOSTILE)("is no other request whatever stands in evidence: %j", async (text) => {
    const all = await exported([event({ text: `${text}\n{"delete":{}}`, source: text }), event()]);
    expect(all).toHaveLength(2);
  });
});

interface Template {
  template: {
    mappings: {
      subobjects: boolean;
      properties: Record<string, { type: string }>;
      dynamic_templates: Record<
        string,
        { path_match?: string[]; match_mapping_type?: string; mapping: { type: string } }
      >[];
    };
  };
}

/** The type that Elasticsearch gives a field when it first meets this value. */
function typeOf({ template: { mappings } }: Template, name: string, value: unknown): string {
  const explicit = mappings.properties[name]?.type;
  if (explicit) return explicit;
  const one = Array.isArray(value) ? value[0] : value;
  const shown = typeof one === "number" ? (Number.isInteger(one) ? "long" : "double") : typeof one;
  for (const each of mappings.dynamic_templates)
    for (const { path_match, match_mapping_type, mapping } of Object.values(each)) {
      const patterns = path_match?.map(
        (pattern) => new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`),
      );
      if (patterns && !patterns.some((pattern) => pattern.test(name))) continue;
      if (match_mapping_type === undefined || match_mapping_type === shown) return mapping.type;
    }
  return shown;
}

describe("the index template", () => {
  const template = indexTemplate("inc-4711") as unknown as Template;

  it("is for both indices, and keeps dotted names as they are", () => {
    expect(template).toMatchObject({ index_patterns: ["inc-4711-events", "inc-4711-findings"] });
    expect(template.template.mappings.subobjects).toBe(false);
    expect(typeOf(template, "@timestamp", "2026")).toBe("date_nanos");
    expect(typeOf(template, "source.ip", "10.0.0.1")).toBe("ip");
    expect(typeOf(template, "registry.host", "a.test")).toBe("keyword");
    expect(typeOf(template, "dns.id", 7)).toBe("long");
  });

  it.each([
    "clock.offset_ms",
    "clock.offset_seconds",
    "process.cpu_percent",
    "resolver.seconds",
    "traceroute.rtt_ms",
    "trace.total_seconds",
    "nginx.msec",
    "log.delta",
    "kernel.since_boot",
  ])("loses no fraction of %s, which may begin with a whole number", (name) => {
    expect(typeOf(template, name, 0)).toBe("double");
    expect(typeOf(template, name, 0.3)).toBe("double");
  });

  it("gives entities of findings, which are texts, the type that events give them", () => {
    for (const name of ["dns.server.ip", "source.ip"])
      expect(typeOf(template, name, ["10.0.0.1"])).toBe("ip");
  });

  it("costs no document for a value of another type", () => {
    const all = [
      ...Object.values(template.template.mappings.properties),
      ...template.template.mappings.dynamic_templates.flatMap((each) =>
        Object.values(each).map(({ mapping }) => mapping),
      ),
    ];
    for (const mapping of all)
      if (["long", "double", "ip"].includes(mapping.type))
        expect(mapping).toHaveProperty("ignore_malformed", true);
  });
});
