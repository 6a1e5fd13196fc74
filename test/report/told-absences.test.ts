import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { buildReport } from "../../src/report/document.js";
import { renderHtml } from "../../src/report/html/index.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { renderTerminal } from "../../src/report/terminal.js";
import { studyOf } from "./html/study-of.js";
import { at, clock, finding, input, source } from "./samples.js";

const schema = JSON.parse(
  readFileSync(new URL("../../src/report/report.schema.json", import.meta.url), "utf8"),
);
const DAY = { from: at("00:00:00"), to: at("01:00:00"), clock: "utc" };

const report = buildReport(
  input({
    sources: [
      source(0, "messages", {
        ...DAY,
        gaps: [
          {
            from: Number.NEGATIVE_INFINITY,
            to: at("00:10:00"),
            why: "5 messages were lost",
            lost: 5,
            line: 7,
            offset: 70,
          },
          { from: at("00:20:00"), to: at("00:30:00.5"), why: "the machine was started anew", line: 9 },
        ],
      }),
      source(1, "br0.pcapng", {
        ...DAY,
        gaps: [
          { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, why: "3 packets were dropped" },
        ],
      }),
      source(2, "client.log", {
        from: 3_600_000_000,
        to: 7_200_000_000,
        clock: "floating",
        stamp: "hms",
        gaps: [{ from: 3_600_000_000, to: Number.POSITIVE_INFINITY, why: "the machine was asleep" }],
      }),
    ],
    clocks: [
      clock("utc", { sources: [0, 1] }),
      clock("floating", { kind: "hms", sources: [2], floating: true }),
    ],
    suppressed: [
      {
        finding: finding("clock-skew-1", {
          title: "Clocks disagree",
          summary: "lab-1 is behind",
          entities: { "host.name": ["lab-1"] },
          from: at("00:05:00"),
          latestFrom: at("00:05:00"),
          to: at("00:06:00"),
        }),
        reason: "the lab has no NTP",
        until: "2026-12-31",
        path: ".hindcast.yaml",
        line: 4,
      },
    ],
  }),
);

/** What a page says, without its tags, and in one line. */
const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, " ")
    .replaceAll("`", "")
    .replace(/\s+/g, " ");
const forms: [string, string][] = [
  ["terminal", renderTerminal(report, { width: 200 })],
  ["Markdown", renderMarkdown(report)],
  ["HTML", renderHtml(studyOf(report))],
];

it("the document keeps to its schema", () => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors ?? []).toEqual([]);
});

describe("gaps in a source", () => {
  it("have times as far as they are told, and the place that tells of them", () => {
    expect(report.sources.map(({ gaps }) => gaps)).toEqual([
      [
        {
          from: null,
          to: "2026-11-22T00:10:00.000000000Z",
          why: "5 messages were lost",
          lost: 5,
          line: 7,
          offset: 70,
        },
        {
          from: "2026-11-22T00:20:00.000000000Z",
          to: "2026-11-22T00:30:00.500000000Z",
          why: "the machine was started anew",
          line: 9,
        },
      ],
      [{ from: null, to: null, why: "3 packets were dropped" }],
      [
        {
          from: null,
          to: null,
          time_of_day: { from: "01:00:00.000000", to: "02:00:00.000000" },
          why: "the machine was asleep",
        },
      ],
    ]);
  });

  it.each(forms)("stand in what people read: %s", (_, text) => {
    const shown = plain(text);
    expect(shown).toContain("5 messages were lost, until 00:10:00.000 (line 7)");
    expect(shown).toContain("the machine was started anew, 00:20:00.000 to 00:30:00.500 (line 9)");
    expect(shown).toContain("3 packets were dropped, anywhere in it");
    expect(shown).toContain("the machine was asleep, 01:00:00.000000 to 02:00:00.000000");
  });
});

describe("findings that the project file takes out", () => {
  it("are in the document with the reason, and in no list of findings", () => {
    expect(report.findings).toEqual([]);
    expect(report.suppressed).toEqual([
      {
        rule: "clock-skew",
        severity: "medium",
        title: "Clocks disagree",
        summary: "lab-1 is behind",
        confidence: 0.9,
        from: "2026-11-22T00:05:00.000000000Z",
        to: "2026-11-22T00:06:00.000000000Z",
        count: 1,
        entities: { "host.name": ["lab-1"] },
        reason: "the lab has no NTP",
        until: "2026-12-31",
        path: ".hindcast.yaml",
        line: 4,
      },
    ]);
  });

  it.each(forms)("stand in what people read: %s", (_, text) => {
    expect(plain(text)).toContain(
      ".hindcast.yaml:4: 1 finding of clock-skew suppressed (until 2026-12-31): the lab has no NTP",
    );
  });

  it("are not there where there is nothing to take out", () => {
    expect(buildReport(input({}))).not.toHaveProperty("suppressed");
    expect(renderTerminal(buildReport(input({})))).not.toContain("SUPPRESSED");
  });
});
