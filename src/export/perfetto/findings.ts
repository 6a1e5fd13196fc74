import type { Report, ReportFinding } from "../../report/contract.js";
import { bounds, type Time } from "../../report/times.js";
import { microseconds, type TraceEvent, type Tracks } from "./track.js";

/** A slice of no length has no inside that an arrow could point into: µs. */
const LEAST_DURATION = 1;

const PROCESS = "hindcast: findings";

interface Slice {
  pid: number;
  tid: number;
  from: number;
  to: number;
}

/**
 * Findings as slices, one track each in the report's order, with arrows from causes to what they caused.
 *
 * @param origin µs since the epoch of the trace's zero
 * @returns the trace events, and the ids of findings that have no time
 */
export function findingSlices(
  report: Report,
  origin: number,
  tracks: Tracks,
): { events: TraceEvent[]; undated: string[] } {
  const slices = new Map<string, Slice>();
  const events: TraceEvent[] = [];
  const undated: string[] = [];
  for (const [order, finding] of report.findings.entries()) {
    const [from, to] = [startOf(finding, origin), since(finding.to, origin)];
    if (from === undefined) {
      undated.push(finding.id);
      continue;
    }
    const pid = tracks.process(PROCESS, 0);
    const tid = tracks.thread(pid, `${finding.severity}: ${finding.title}`, order, finding.id);
    const slice = { pid, tid, from, to: Math.max(to ?? from, from + LEAST_DURATION) };
    slices.set(finding.id, slice);
    events.push(sliceOf(finding, slice, report));
  }
  let arrows = 0;
  for (const { id, causedBy } of report.findings)
    for (const cause of causedBy) events.push(...arrow(slices.get(cause), slices.get(id), ++arrows));
  return { events: [...tracks.news(), ...events], undated };
}

const startOf = ({ from }: ReportFinding, origin: number) =>
  since(typeof from === "string" ? from : (from?.earliest ?? null), origin);

/** µs after the origin, with nanoseconds as decimals. */
function since(time: Time | null, origin: number): number | undefined {
  const [us] = bounds(time);
  return time === null || Number.isNaN(us) ? undefined : us - origin + Number(time.slice(26, 29)) / 1000;
}

function sliceOf(finding: ReportFinding, { pid, tid, from, to }: Slice, report: Report): TraceEvent {
  const { id, rule, severity, title, summary, confidence, count, causedBy, entities, evidence } = finding;
  return {
    name: title,
    cat: "finding",
    ph: "X",
    ts: microseconds(from),
    dur: microseconds(to - from),
    pid,
    tid,
    args: {
      id,
      rule,
      severity,
      summary,
      confidence,
      count,
      root_cause: report.rootCauses.includes(id),
      from: finding.from,
      to: finding.to,
      caused_by: causedBy,
      entities,
      evidence: evidence.map(({ source, line }) => `${source}:${line}`),
      remediation: finding.remediation,
      verify: finding.verify,
    },
  };
}

/** An arrow ends no earlier than it begins, and both ends lie within their slices; where times forbid that there is none. */
function arrow(cause: Slice | undefined, effect: Slice | undefined, id: number): TraceEvent[] {
  if (!cause || !effect || cause.from >= effect.to) return [];
  const common = { name: "caused", cat: "cause", id };
  const end = Math.max(cause.from, effect.from);
  return [
    { ...common, ph: "s", ts: microseconds(cause.from), pid: cause.pid, tid: cause.tid },
    { ...common, ph: "f", bp: "e", ts: microseconds(end), pid: effect.pid, tid: effect.tid },
  ];
}
