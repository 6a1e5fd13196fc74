import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { clockSentence, clockSentences, tellingClocks } from "../../src/report/clock-words.js";
import { clocksOf, renderClocksJson } from "../../src/report/clocks.js";
import { renderClocksMarkdown } from "../../src/report/clocks-markdown.js";
import { renderClocks } from "../../src/report/clocks-terminal.js";
import type { Report } from "../../src/report/contract.js";
import { buildReport } from "../../src/report/document.js";
import { renderJson } from "../../src/report/json.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { displayWidth } from "../../src/report/width.js";
import { golden } from "./golden.js";
import { hostile, nothingFound } from "./sample-others.js";
import { skew } from "./sample-skew.js";
import { clock, input, record, source } from "./samples.js";

const report = buildReport(skew());
const schema = JSON.parse(
  readFileSync(new URL("../../src/report/report.schema.json", import.meta.url), "utf8"),
);

describe("a report with clocks that disagree", () => {
  it("keeps to its schema and to the agreed bytes", () => {
    const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
    const text = renderJson(report);
    validate(JSON.parse(text));
    expect(validate.errors ?? []).toEqual([]);
    expect(text).toBe(golden("skew.json.txt", text));
  });

  it("gives cited records the common time, and the stamp where that is another", () => {
    const [evidence] = report.findings;
    expect(evidence!.evidence.map(({ source, time, stamp }) => ({ source, time, stamp }))).toEqual([
      {
        source: "web1/host_any.pcap",
        time: { earliest: "2026-11-22T00:52:37.535616000Z", latest: "2026-11-22T00:52:37.536416000Z" },
        stamp: "2026-11-22T00:52:38.786016000Z",
      },
      { source: "web1/docker.log", time: "2026-11-22T00:52:37.526690699Z", stamp: undefined },
      {
        source: "proxy/nginx_access.log",
        time: { earliest: "2026-11-22T00:52:36.550000000Z", latest: "2026-11-22T00:52:38.449999000Z" },
        stamp: "2026-11-22T00:52:20.000000000Z",
      },
      {
        source: "web1/dnsmasq.log",
        time: { earliest: "2026-11-22T00:52:37.000000000Z", latest: "2026-11-22T00:52:37.999999000Z" },
        stamp: undefined,
      },
    ]);
  });

  it("takes together what the same two records say", () => {
    const [own, other] = [record(0, 1, 5e15, "x", "own"), record(1, 2, 5e15, "x", "other")];
    const proof = [
      { own, other, offset: { min: 1, max: Number.POSITIVE_INFINITY } },
      { own, other, offset: { min: Number.NEGATIVE_INFINITY, max: 2 } },
      { own: other, other: own, offset: { min: -3, max: 3 } },
    ];
    const sources = [source(0, "a"), source(1, "b")];
    const [first] = buildReport(input({ sources, clocks: [clock("c", { proof })] })).clocks;
    expect(first!.proof!.map(({ own, offset }) => [own.source, offset])).toEqual([
      ["a", { min: 1, max: 2 }],
      ["b", { min: -3, max: 3 }],
    ]);
  });

  it("rounds bounds outwards, to the nanosecond", () => {
    const offset = { min: -0.00000000049, max: 1.25000000021, best: 0.5 };
    const { clocks } = buildReport(input({ clocks: [clock("c", { offset })] }));
    expect(clocks[0]!.offset).toEqual({ min: -0.000000001, max: 1.250000001, best: 0.5 });
    const exact = { min: 1.25, max: 1.250001, best: 1.25 };
    expect(buildReport(input({ clocks: [clock("c", { offset: exact })] })).clocks[0]!.offset).toEqual(exact);
  });

  it.each([80, 100, 140])(
    "shows both times of moved records in %d columns, or by how much they differ",
    (width) => {
      const text = renderTerminal(report, { width });
      expect(text).toBe(golden(`skew-${width}.txt`, text));
      const [, timeline] = /^TIMELINE.*\n([\s\S]*?)\n\n/m.exec(text)!;
      expect(timeline).toMatch(
        width === 140 ? /\(stamped 00:52:38.786016\)/ : /host_any.pcap \+1.2500 s ±400/,
      );
    },
  );

  it("shows both times in a ticket", () => {
    const text = renderMarkdown(report);
    expect(text).toBe(golden("skew.md.txt", text));
    expect(text).toContain("00:52:36.550-00:52:38.449 (stamped 00:52:20)");
  });
});

describe("what is said of a clock", () => {
  const sentence = (id: string) => clockSentence(report.clocks.find((one) => one.id === id)!, report);

  it.each([
    ["the reference", "clock-1", "the reference: the others are told in its time"],
    [
      "ahead",
      "clock-2",
      "1.2500 s ahead of web1/docker.log, ±400 µs, drifting by +12 ppm (+2 to +21), from 14 shared events",
    ],
    ["behind", "clock-3", "17.0 s behind web1/docker.log, ±450 ms, from 9 shared events"],
    ["in step", "clock-4", "in step with web1/docker.log to within 540 ms, from 4 shared events"],
    [
      "set",
      "clock-5",
      "; it was set back by 2.0000 s (±400 µs) between 2026-11-22 00:52:31.001 and 00:52:29.004",
    ],
    ["placed", "clock-6", "placed record by record, from 24 shared events"],
    ["alone", "clock-7", "cannot be aligned: nothing shared; its stamps are taken as they are"],
    ["undated", "clock-8", "date unknown; spans from an unknown beginning"],
  ])("%s", (_, id, words) => {
    expect(sentence(id)).toContain(words);
  });

  it("is nothing where stamps say all and no clock was to be compared with another", () => {
    const plain = buildReport(
      input({ clocks: [clock("a", { sources: [0] }), clock("b", { sources: [1] })], aligned: false }),
    );
    expect(tellingClocks(plain)).toEqual([]);
    expect(tellingClocks(buildReport(input({ clocks: [clock("a", { sources: [0] })] })))).toEqual([]);
  });

  it("is one sentence for all clocks that share nothing", () => {
    const paths = ["a.log", "b.log", "c.log"];
    const clocks = paths.map((_, id) =>
      clock(`clock-${id}`, { sources: [id], ...(id === 0 && { reference: true }) }),
    );
    const several = buildReport(input({ sources: paths.map((path, id) => source(id, path)), clocks }));
    expect(clockSentences(several)).toEqual([
      "b.log, c.log: cannot be aligned: nothing shared; their stamps are taken as they are",
    ]);
  });

  it("names the reference of its own group where there are several", () => {
    const paths = ["a.log", "b.log", "c.log", "d.log", "e.log"];
    const compared = { offset: { min: 1, max: 1, best: 1 }, matches: 3, shared: "a.log", toldIn: "c.log" };
    const several = buildReport(
      input({
        sources: paths.map((path, id) => source(id, path)),
        clocks: [
          clock("1", { sources: [0], reference: true }),
          clock("2", { sources: [2], reference: true }),
          clock("3", { sources: [3], ...compared }),
          clock("4", { sources: [1], ...compared, shared: "d.log" }),
          clock("5", { sources: [4], ...compared, toldIn: undefined }),
        ],
      }),
    );
    expect(clockSentence(several.clocks[2]!, several)).toContain("1 s ahead of c.log");
    expect(clockSentence(several.clocks[3]!, several)).toContain("1 s ahead of c.log");
    expect(clockSentence(several.clocks[4]!, several)).toContain("1 s ahead of the others");
    const [, table] = /^CLOCKS\n.*\n([\s\S]*?)\n\n/m.exec(renderClocks(several))!;
    expect([...table!.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name)).toEqual([
      "a.log",
      "c.log",
      "d.log",
      "b.log",
      "e.log",
    ]);
  });
});

describe("the clocks alone", () => {
  it.each([80, 100, 120])("read as agreed in %d columns", (width) => {
    const text = renderClocks(report, { width });
    expect(text).toBe(golden(`clocks-${width}.txt`, text));
  });

  it("read as agreed in a ticket, and as JSON", () => {
    expect(renderClocksMarkdown(report)).toBe(golden("clocks.md.txt", renderClocksMarkdown(report)));
    const json = JSON.parse(renderClocksJson(clocksOf(report)));
    expect(json).toEqual({
      schema: "hindcast.clocks/1",
      version: report.version,
      summary: report.summary,
      clocks: report.clocks,
      findings: report.findings.filter(({ rule }) => rule === "clock-stepped"),
      problems: [],
    });
  });

  const reports: [string, Report][] = [
    ["clocks that disagree", report],
    ["hostile names", buildReport(withHostileProof())],
    ["no clocks", buildReport(input({}))],
    ["nothing found", buildReport(nothingFound())],
  ];

  it.each(reports)("keep to the width, harmless and of our own colours alone: %s", (_, one) => {
    for (const width of [60, 80, 140]) {
      const text = renderClocks(one, { width });
      expect(text.split("\n").filter((line) => displayWidth(line) > width)).toEqual([]);
      expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      const coloured = renderClocks(one, { width, color: true });
      expect(coloured.replace(/\x1b\[\d{1,2}m/g, "")).toBe(text);
      expect(renderClocks(one, { width, utf8: false })).toMatch(/^[\n\x20-\x7e]*$/);
    }
    expect(renderClocksMarkdown(one)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });
});

/** Names and texts that would act on a terminal, also as proof. */
function withHostileProof() {
  const base = hostile();
  const evil = record(0, 1, 1_795_319_188_000_000, "x", "\x1b]0;title\x07 \u202e```\n# heading | cell");
  return {
    ...base,
    clocks: [
      clock("\x1b[31mclock", {
        sources: [0],
        host: "h\u202e|ost",
        zone: "`Z\n",
        offset: { min: 1, max: 2, best: 1.5 },
        matches: 2,
        shared: "\x07",
        basis: "<img src=x> @everyone \x9b",
        proof: [{ own: evil, other: evil, offset: { min: 1, max: Number.POSITIVE_INFINITY } }],
      }),
      clock("b", { sources: [1], reference: true }),
    ],
  };
}
