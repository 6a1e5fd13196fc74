import type { ClockInfo } from "../../src/model/clock.js";
import type { Event } from "../../src/model/event.js";
import type { Finding } from "../../src/model/finding.js";
import type { Source } from "../../src/model/source.js";
import type { ReportInput } from "../../src/report/document.js";

/** Hand-built inputs in the shape of the incidents, for golden files and properties. */

type Cited = Event & { text: string };

/** µs of `2026-11-22T…Z`. */
export const at = (time: string): number => {
  const [clock = "", fraction = ""] = time.split(".");
  return Date.parse(`2026-11-22T${clock}Z`) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
};

/** An event whose `text` is kept beside it, as bytes. */
export function record(
  source: number,
  line: number,
  time: number | [number, number],
  action: string,
  text: string,
  ns = 0,
): Cited {
  const [earliest, latest] = typeof time === "number" ? [time, time] : time;
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  return {
    source,
    line,
    offset: line * 100,
    length: bytes.length,
    time: earliest,
    ns,
    latest,
    action,
    category: "network",
    fields: {},
    text: bytes,
  };
}

export function source(id: number, path: string, more: Partial<Source> = {}): Source {
  return {
    id,
    path,
    sha256: String(id % 10).repeat(64),
    bytes: 4096,
    format: "unknown",
    records: 10,
    parsed: 10,
    unparsed: 0,
    stamp: "rfc3339",
    clock: "utc",
    from: Number.NaN,
    to: Number.NaN,
    problems: [],
    ...more,
  };
}

export function clock(id: string, more: Partial<ClockInfo> = {}): ClockInfo {
  return {
    id,
    kind: "rfc3339",
    sources: [],
    offset: { min: 0, max: 0, best: 0 },
    drift: null,
    matches: 0,
    basis: "",
    floating: false,
    ...more,
  };
}

export function finding(id: string, more: Partial<Finding>): Finding {
  const evidence = more.evidence ?? [];
  const first = evidence.find(({ time }) => !Number.isNaN(time));
  return {
    id,
    rule: id.replace(/-\d+$/, ""),
    severity: "medium",
    title: id,
    summary: "",
    confidence: 0.9,
    from: first?.time ?? Number.NaN,
    latestFrom: first?.latest ?? Number.NaN,
    to: Math.max(
      ...evidence.map(({ latest }) => latest).filter((t) => !Number.isNaN(t)),
      first?.latest ?? Number.NaN,
    ),
    count: 1,
    entities: {},
    causedBy: [],
    evidence,
    remediation: [],
    verify: [],
    ...more,
  };
}

export function input(more: Partial<ReportInput>): ReportInput {
  return {
    version: "0.1.0",
    sources: [],
    findings: [],
    rootCauses: [],
    stories: [],
    clocks: [],
    missing: [],
    texts: (event) => (event as Cited).text,
    ...more,
  };
}
