import { describe, expect, it } from "@jest/globals";
import { Clockface } from "../../src/report/clockface.js";
import type { Report, TimelineEntry } from "../../src/report/contract.js";
import { buildReport } from "../../src/report/document.js";
import { otherFindings } from "../../src/report/view.js";
import { choose, foldRuns, rowRank } from "../../src/report/view-rows.js";
import { proofOf, toldSteps } from "../../src/report/view-story.js";
import { finding, input, record, source } from "./samples.js";

const T = 1_795_319_188_000_000;

const entry = (n: number, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  time: `2026-11-22T00:00:${String(n).padStart(2, "0")}.000000000Z`,
  latest: `2026-11-22T00:00:${String(n).padStart(2, "0")}.000000000Z`,
  source: "a",
  line: n,
  action: "dns.query",
  text: `line ${n}`,
  findingIds: ["x-1"],
  ...more,
});

describe("foldRuns", () => {
  const lines = (rows: ReturnType<typeof foldRuns>) =>
    rows.map(({ entry: { line }, more }) => `${line}+${more}`);

  it("folds three or more of a kind, and leaves two alone", () => {
    expect(lines(foldRuns([1, 2, 3].map((n) => entry(n))))).toEqual(["1+2"]);
    expect(lines(foldRuns([1, 2].map((n) => entry(n))))).toEqual(["1+0", "2+0"]);
  });

  it("keeps apart what proves something else, is something else, or comes from elsewhere at another time", () => {
    const other = [
      { findingIds: ["y-1"] },
      { action: "dns.answer" },
      { source: "b" },
      { time: null, latest: null },
    ];
    for (const more of other)
      expect(foldRuns([entry(1), entry(2), entry(3, more), entry(4), entry(5)])).toHaveLength(5);
  });

  it("folds copies of a packet from several captures", () => {
    const time = entry(1).time;
    expect(
      lines(foldRuns(["a", "b", "c"].map((name, i) => entry(i, { source: name, time, latest: time })))),
    ).toEqual(["0+2"]);
  });
});

describe("rowRank", () => {
  it("prefers the first rows of what a story tells", () => {
    const rows = foldRuns([
      entry(1, { findingIds: ["z-1"] }),
      entry(2),
      entry(3, { action: "a" }),
      entry(4, { findingIds: ["y-1"] }),
    ]);
    const report = {
      story: [{ root: "x-1", steps: [{ findingId: "x-1" }, { findingId: "y-1" }], symptoms: [] }],
    } as unknown as Report;
    expect(choose(rows, 2, rowRank(report, rows)).map(({ entry: { line } }) => line)).toEqual([2, 4]);
  });
});

describe("proofOf", () => {
  const evidenceOf = (...records: [source: number, action: string][]) => {
    const evidence = records.map(([from, action], i) => record(from, i + 1, T + i, action, "x"));
    return buildReport(
      input({ sources: [source(0, "a"), source(1, "b")], findings: [finding("x-1", { evidence })] }),
    ).findings[0]!;
  };
  const linesOf = (proof: ReturnType<typeof proofOf>) => proof.map(({ line }) => line);

  it("quotes one record of each kind", () => {
    expect(linesOf(proofOf(evidenceOf([0, "q"], [0, "q"], [0, "w"], [1, "q"])))).toEqual([1, 3]);
  });

  it("quotes a second source where there is one kind only", () => {
    expect(linesOf(proofOf(evidenceOf([0, "q"], [0, "q"], [1, "q"])))).toEqual([1, 3]);
  });

  it("does not quote the same record twice in one report", () => {
    const quoted = new Set<string>();
    const found = evidenceOf([0, "q"], [0, "q"]);
    expect([
      linesOf(proofOf(found, quoted)),
      linesOf(proofOf(found, quoted)),
      linesOf(proofOf(found, quoted)),
    ]).toEqual([[1], [2], []]);
  });
});

describe("toldSteps", () => {
  it("leaves out the middle of a long chain, never what was noticed", () => {
    const ids = Array.from({ length: 10 }, (_, i) => `s-${i}`);
    const report = buildReport(
      input({
        findings: ids.map((id) => finding(id, {})),
        rootCauses: ["s-0"],
        stories: [{ root: "s-0", chain: ids, symptoms: ["s-9"] }],
      }),
    );
    const told = toldSteps(report, report.findings[0]!, 4);
    expect(told.map(({ number, folded, noticed }) => [number, folded, noticed])).toEqual([
      [1, 0, false],
      [2, 0, false],
      [3, 0, false],
      [10, 6, true],
    ]);
  });
});

describe("otherFindings", () => {
  it("groups what no story tells by rule, grave ones first", () => {
    const report = buildReport(
      input({
        findings: [
          finding("a-1", { severity: "low" }),
          finding("b-1", { severity: "high" }),
          finding("a-2", { severity: "low" }),
          finding("r-1", {}),
        ],
        rootCauses: ["r-1"],
      }),
    );
    expect(otherFindings(report).map(({ first, more }) => [first.id, more])).toEqual([
      ["b-1", 0],
      ["a-1", 1],
    ]);
  });
});

describe("Clockface", () => {
  const faceOf = (...timeline: TimelineEntry[]) =>
    new Clockface({ timeline, summary: { from: null, to: null, records: 0, unparsed: 0, sources: 0 } });
  const floating = entry(1, { time: null, latest: null, time_of_day: "03:46:26.201760" });

  it("leaves the day away where there is but one, and says it once", () => {
    expect(faceOf(entry(5)).note).toBe("2026-11-22, UTC");
    expect(faceOf(entry(5)).when("2026-11-22T00:00:05.123456789Z")).toBe("00:00:05.123");
    expect(faceOf(entry(5)).when("2026-11-23T00:00:05.123456789Z")).toBe("2026-11-23 00:00:05.123");
  });

  it("never lets a time of day pass for one of a known day", () => {
    expect(faceOf(floating).note).toBe("date unknown");
    expect(faceOf(floating).when(null, floating)).toBe("03:46:26.201");
    expect(faceOf(entry(5), floating).when(null, floating)).toBe("03:46:26.201 no date");
  });

  it("shows no digits that an interval does not support", () => {
    const interval = (earliest: string, latest: string) => ({
      earliest: `2026-11-22T${earliest}000Z`,
      latest: `2026-11-22T${latest}000Z`,
    });
    const face = faceOf(entry(5));
    expect(face.when(interval("00:52:37.000000", "00:52:37.999999"))).toBe("00:52:37");
    expect(face.when(interval("00:52:37.410000", "00:52:37.480000"))).toBe("00:52:37.4");
    expect(face.when(interval("00:52:37.410000", "00:52:37.410800"))).toBe("00:52:37.410");
    expect(face.when(interval("00:52:37.900000", "00:52:45.100000"))).toBe("00:52:37-00:52:45");
    expect(face.when(null)).toBe("no time");
  });

  it("tells an interval by its middle where its shared digits would say much less", () => {
    const interval = (earliest: string, latest: string) => ({
      earliest: `2026-11-22T${earliest}000Z`,
      latest: `2026-11-22T${latest}000Z`,
    });
    const face = faceOf(entry(5));
    expect(face.when(interval("00:52:37.410000", "00:52:37.420000"))).toBe("00:52:37.415 ±5 ms");
    expect(face.when(interval("00:52:37.530246", "00:52:37.532100"))).toBe("00:52:37.531 ±1.1 ms");
    expect(face.when(interval("00:52:37.400000", "00:52:37.520000"))).toBe("00:52:37.460 ±60 ms");
  });
});
