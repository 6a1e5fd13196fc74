import type { ExportedEvent } from "../../src/export/event.js";
import type { Exporter, Handover, Piece } from "../../src/export/handover.js";
import type { Report, ReportEvidence, ReportFinding } from "../../src/report/contract.js";

/** 2026-11-22T03:52:37.526690 UTC, in µs. */
export const NOON = Date.UTC(2026, 10, 22, 3, 52, 37, 526) * 1000 + 690;

/** A line of a daemon's log; what a test is about is given. */
export const event = (given: Partial<ExportedEvent> = {}): ExportedEvent => ({
  time: NOON,
  ns: 699,
  latest: NOON,
  stamp: "rfc3339",
  source: "web1/journal.txt",
  line: 5,
  offset: 587,
  length: 42,
  action: "registry.v2_error",
  category: "network",
  fields: { "registry.host": "docker.corp.test" },
  text: "Error getting v2 registry",
  findingIds: [],
  ...given,
});

/** An event whose time nobody knows. */
export const undated = (given: Partial<ExportedEvent> = {}): ExportedEvent =>
  event({ time: Number.NaN, latest: Number.NaN, ns: 0, stamp: "none", ...given });

export const evidence = (given: Partial<ReportEvidence> = {}): ReportEvidence => ({
  source: "web1/journal.txt",
  line: 5,
  offset: 587,
  length: 42,
  time: "2026-11-22T03:52:37.526690699Z",
  action: "registry.v2_error",
  text: "Error getting v2 registry",
  ...given,
});

export const finding = (given: Partial<ReportFinding> = {}): ReportFinding => ({
  id: "dns-timeout-1",
  rule: "dns-timeout",
  severity: "high",
  title: "A DNS server did not answer in time",
  summary: "10.0.0.1 left 2 questions unanswered",
  confidence: 0.97,
  from: "2026-11-22T03:52:32.533394000Z",
  to: "2026-11-22T03:52:37.535645000Z",
  count: 2,
  entities: { "dns.server.ip": ["10.0.0.1"] },
  causedBy: [],
  evidence: [evidence()],
  remediation: ["Ask the server directly."],
  verify: ["It answers."],
  ...given,
});

/** Two findings, the second caused by the first, and one without a time. */
export const chain = (): ReportFinding[] => [
  finding(),
  finding({
    id: "registry-1",
    rule: "registry-never-connected",
    severity: "medium",
    title: "A request was given up",
    from: "2026-11-22T03:52:37.526690699Z",
    to: "2026-11-22T03:52:37.526690000Z",
    causedBy: ["dns-timeout-1"],
    evidence: [evidence(), evidence({ source: "c.pcap", line: 7, offset: 24, text: "" })],
  }),
  finding({ id: "resolver-1", rule: "resolver-lookalike", severity: "low", from: null, to: null }),
];

export const report = (given: Partial<Report> = {}): Report => ({
  schema: "hindcast.report/1",
  version: "test",
  summary: {
    from: "2026-11-22T03:52:30.000000000Z",
    to: "2026-11-22T03:52:40.000000000Z",
    records: 2,
    unparsed: 0,
    sources: 2,
  },
  rootCauses: ["dns-timeout-1"],
  story: [
    {
      root: "dns-timeout-1",
      steps: [
        { findingId: "dns-timeout-1", time: "2026-11-22T03:52:32.533394000Z", text: "no answer" },
        { findingId: "resolver-1", time: null, text: "a look-alike" },
        { findingId: "registry-1", time: "2026-11-22T03:52:37.526690699Z", text: "given up" },
      ],
      symptoms: ["registry-1"],
    },
  ],
  findings: chain(),
  timeline: [],
  clocks: [],
  sources: [source("web1/journal.txt", "journal-short"), source("c.pcap", "pcap")],
  unplaced: [],
  problems: [],
  missing: [],
  ...given,
});

const source = (path: string, format: string) => ({
  path,
  sha256: "ab".repeat(32),
  bytes: 1000,
  format,
  records: 1,
  parsed: 1,
  unparsed: 0,
  clock: "clock-1",
  from: null,
  to: null,
  problems: [],
});

/** What was left out, as `3 record: the reason`. */
export type LeftOut = string[];

/** A hand-over of these events, two in each batch. */
export function handover(
  events: readonly ExportedEvent[],
  given: Partial<Handover> = {},
  leftOut: LeftOut = [],
): Handover {
  return {
    events: inBatches(events),
    leaveOut: (what, reason, count = 1) => leftOut.push(`${count} ${what}: ${reason}`),
    version: "1.2.3",
    ...given,
  };
}

async function* inBatches(events: readonly ExportedEvent[]): AsyncGenerator<readonly ExportedEvent[]> {
  for (let at = 0; at < events.length; at += 2) yield events.slice(at, at + 2);
}

/** All that a format writes, as bytes. */
export async function bytesOf(exporter: Exporter, given: Handover): Promise<Buffer> {
  const pieces: Piece[] = [];
  for await (const piece of exporter(given)) pieces.push(piece);
  return Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));
}

export const textOf = async (exporter: Exporter, given: Handover): Promise<string> =>
  (await bytesOf(exporter, given)).toString("utf8");

/** Lines of JSON, each ended by a newline. */
export function jsonLines(text: string): Record<string, unknown>[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no newline");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Texts that do something where they are not taken for words. */
export const HOSTILE = [
  '=HYPERLINK("http://evil.test","x")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\t=1+1",
  "  -2+3",
  "＝1+1",
  'a "quoted", cell',
  "two\r\nlines",
  "\u001b[31mred\u0007",
  "half a pair \ud800 and \udc00",
  "right to left \u202e txt",
  "</script><img src=x onerror=alert(1)>",
  "[click](javascript:alert(1)) {0}",
  "\u0000 nothing",
];
