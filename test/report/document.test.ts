import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { buildReport } from "../../src/report/document.js";
import { renderJson } from "../../src/report/json.js";
import { golden } from "./golden.js";
import { badDns } from "./sample-bad-dns.js";
import { hostile, lostNat, nothingFound, unreadable } from "./sample-others.js";
import { clock, finding, input, record, source } from "./samples.js";

const samples = {
  "bad-dns": badDns,
  "lost-nat": lostNat,
  "nothing-found": nothingFound,
  unreadable,
  hostile,
};
const schema = JSON.parse(
  readFileSync(new URL("../../src/report/report.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

describe("the JSON report", () => {
  for (const [name, make] of Object.entries(samples)) {
    it(`keeps to its schema and to the agreed bytes for ${name}`, () => {
      const text = renderJson(buildReport(make()));
      validate(JSON.parse(text));
      expect(validate.errors ?? []).toEqual([]);
      expect(text).toBe(golden(`${name}.json.txt`, text));
    });
  }

  it("is the same document to a parser, and holds nothing that a terminal acts upon", () => {
    const report = buildReport(hostile());
    const text = renderJson(report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });

  it("does not depend on the order in which findings and entities come", () => {
    const a = badDns();
    const b = badDns();
    const shuffled = [...b.findings]
      .reverse()
      .map((f) => ({ ...f, entities: Object.fromEntries(Object.entries(f.entities).reverse()) }));
    expect(renderJson(buildReport({ ...b, findings: shuffled }))).toBe(renderJson(buildReport(a)));
  });
});

describe("buildReport", () => {
  const DAY = 86_400_000_000;
  const T = 20_000 * DAY + 1;

  it("never shows a date that nobody knows", () => {
    const event = record(0, 1, 3_600_000_000, "dns.query", "01:00:00 IP …");
    const report = buildReport(
      input({
        sources: [
          source(0, "dump.txt", { stamp: "hms", clock: "c", from: 3_600_000_000, to: 7_200_000_000 }),
        ],
        clocks: [clock("c", { kind: "hms", floating: true, offset: null })],
        findings: [finding("x-1", { evidence: [event] })],
        rootCauses: ["x-1"],
        stories: [{ root: "x-1", chain: ["x-1"], symptoms: [] }],
      }),
    );
    expect(JSON.stringify(report)).not.toContain("1970");
    expect(report.summary).toMatchObject({ from: null, to: null });
    expect(report.sources[0]).toMatchObject({
      from: null,
      to: null,
      time_of_day: { from: "01:00:00.000000", to: "02:00:00.000000" },
    });
    expect(report.findings[0]).toMatchObject({
      from: null,
      to: null,
      time_of_day: { from: "01:00:00.000000" },
    });
    expect(report.findings[0]!.evidence[0]).toMatchObject({ time: null, time_of_day: "01:00:00.000000" });
    expect(report.story[0]!.steps[0]).toMatchObject({ time: null, time_of_day: "01:00:00.000000" });
    expect(report.timeline[0]).toMatchObject({ time: null, latest: null, time_of_day: "01:00:00.000000" });
    expect(report.unplaced).toEqual([
      { source: "dump.txt", records: 10, why: "time of day only; the date is unknown" },
    ]);
  });

  it("goes by the placeholder years even where no clock is known", () => {
    const event = record(0, 1, 5_000_000, "dns.query", "x");
    const report = buildReport(
      input({
        sources: [source(0, "s", { stamp: "monotonic", clock: "?" })],
        findings: [finding("x-1", { evidence: [event] })],
      }),
    );
    expect(report.findings[0]).toMatchObject({ from: null, elapsed: { from: "+5.000000" } });
  });

  it("dates a finding by the evidence that has a date", () => {
    const floating = record(1, 1, 3_600_000_000, "dns.query", "x");
    const dated = record(0, 1, [T, T + 10], "dns.query", "x");
    const report = buildReport(
      input({
        sources: [source(0, "a"), source(1, "b", { stamp: "hms", clock: "b" })],
        clocks: [clock("b", { kind: "hms", floating: true })],
        findings: [finding("x-1", { evidence: [floating, dated], from: T, latestFrom: T + 10, to: T + 10 })],
      }),
    );
    expect(report.findings[0]!.from).toEqual({
      earliest: "2024-10-04T00:00:00.000001000Z",
      latest: "2024-10-04T00:00:00.000011000Z",
    });
    expect(report.timeline.map(({ source: path }) => path)).toEqual(["a", "b"]);
  });

  it("ends a finding no sooner than it began, to the nanosecond", () => {
    const event = { ...record(0, 1, T, "dns.query", "a record"), ns: 699 };
    const { findings } = buildReport(
      input({
        sources: [source(0, "a.log", { stamp: "rfc3339", clock: "c", from: T, to: T })],
        findings: [finding("x-1", { from: T, to: T, evidence: [event] })],
      }),
    );
    expect(String(findings[0]!.from)).toMatch(/\d{6}699Z$/);
    expect(findings[0]!.to).toBe(findings[0]!.from);
  });

  it("cites a record once however many findings and events rest on it", () => {
    const [a, b] = [record(0, 7, T, "dns.query", "A"), record(0, 7, T, "dns.query", "AAAA")];
    const report = buildReport(
      input({
        sources: [source(0, "s")],
        findings: [finding("x-1", { evidence: [a, b] }), finding("y-1", { evidence: [a] })],
      }),
    );
    expect(report.timeline).toHaveLength(1);
    expect(report.timeline[0]!.findingIds).toEqual(["x-1", "y-1"]);
  });

  it("rounds, clips and leaves out what is no number", () => {
    const report = buildReport(
      input({
        clocks: [
          clock("c", {
            offset: { min: Number.NEGATIVE_INFINITY, max: 0.12345678949, best: Number.NaN },
            drift: Number.NaN,
          }),
        ],
        findings: [
          finding("a-1", { confidence: 0.876 }),
          finding("b-1", { confidence: 7 }),
          finding("c-1", { confidence: Number.NaN }),
        ],
      }),
    );
    expect(report.findings.map((f) => f.confidence)).toEqual([0.88, 1, 0]);
    expect(report.clocks[0]).toMatchObject({
      offset: { min: null, max: 0.12345679, best: null },
      drift: null,
    });
  });

  it("orders findings: causes, then gravity, then time", () => {
    const of = (id: string, severity: "low" | "high", time: number) =>
      finding(id, { severity, evidence: [record(0, 1, time, "x", "")] });
    const report = buildReport(
      input({
        sources: [source(0, "s")],
        findings: [
          of("c-1", "low", T),
          of("b-1", "high", T + 5),
          of("a-1", "high", T + 9),
          of("r-1", "low", T),
        ],
        rootCauses: ["r-1"],
      }),
    );
    expect(report.findings.map((f) => f.id)).toEqual(["r-1", "b-1", "a-1", "c-1"]);
  });

  it("drops links to findings that do not exist", () => {
    const report = buildReport(
      input({
        findings: [finding("a-1", {})],
        rootCauses: ["gone-1", "a-1"],
        stories: [{ root: "a-1", chain: ["a-1", "gone-2"], symptoms: ["gone-3"] }],
      }),
    );
    expect(report.rootCauses).toEqual(["a-1"]);
    expect(report.story).toMatchObject([{ root: "a-1", steps: [{ findingId: "a-1" }], symptoms: [] }]);
  });

  it("shortens a record of a megabyte and says so", () => {
    const report = buildReport(
      input({
        sources: [source(0, "s")],
        findings: [finding("a-1", { evidence: [record(0, 1, T, "x", "ä".repeat(1_000_000))] })],
      }),
    );
    const { text, length } = report.findings[0]!.evidence[0]!;
    expect(text).toHaveLength(4096);
    expect(text.endsWith("ä…")).toBe(true);
    expect(length).toBe(2_000_000);
  });
});
