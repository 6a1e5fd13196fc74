import { micros } from "../../report/times.js";
import { documentOf } from "../document.js";
import { type ExportedEvent, isDated } from "../event.js";
import type { Handover } from "../handover.js";
import { json } from "../json.js";
import { findingSlices } from "./findings.js";
import { microseconds, type TraceEvent, Tracks } from "./track.js";
import { transactionSlices } from "./transactions.js";

/** Single events stand below the transactions of their source. */
const SORT_INDEX = 1;

/**
 * A trace in the Chrome trace format
 * (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU), which https://ui.perfetto.dev opens: a process for
 * each source and one for the findings, transactions as slices, events as instants, arrows from causes to effects. Times are µs after
 * `otherData.origin`, with nanoseconds as decimals: doubles, as which viewers read them, would lose these in times since the epoch.
 */
export async function* exportPerfetto(handover: Handover): AsyncGenerator<string> {
  const { events, report, picture, leaveOut, version } = handover;
  const tracks = new Tracks();
  const order = new Map(report?.sources.map(({ path }, i) => [path, i + 1]));
  const processOf = (source: string) => tracks.process(source, order.get(source) ?? order.size + 1);
  let origin = picture?.origin ?? micros(report?.summary.from);
  let pending: TraceEvent[] = [];
  let separator = "";
  const written = (): string => {
    const text = pending.map((event) => {
      const line = `${separator}\n${json(event)}`;
      separator = ",";
      return line;
    });
    pending = [];
    return text.join("");
  };
  yield '{"traceEvents":[';
  if (report) {
    const { events: slices, undated } = findingSlices(report, origin, tracks);
    pending.push(...slices);
    if (undated.length > 0) leaveOut("finding", NO_TIME, undated.length);
  }
  if (picture) {
    const { bars, totals } = picture;
    for (const slice of transactionSlices(bars, tracks, processOf)) pending.push(slice);
    if (totals.bars > bars.length) leaveOut("transaction", TOO_MANY, totals.bars - bars.length);
  }
  yield written();
  for await (const batch of events) {
    for (const event of batch) {
      if (!isDated(event)) {
        leaveOut("record", NO_TIME);
        continue;
      }
      if (Number.isNaN(origin)) origin = event.time;
      const pid = processOf(event.source);
      const tid = tracks.thread(pid, groupOf(event), SORT_INDEX);
      pending.push(...tracks.news(), instantOf(event, origin, pid, tid));
    }
    yield written();
  }
  const start = Number.isNaN(origin) ? null : new Date(Math.floor(origin / 1000)).toISOString();
  yield `\n],"otherData":${json({ generator: `hindcast ${version}`, origin_us: Number.isNaN(origin) ? null : origin, origin: start })}}\n`;
}

const NO_TIME = "it has no time on the common clock";
const TOO_MANY = "of very many, and of several alike, only some are drawn";

/** Events of one family share a track: `dns` of `dns.query`. */
const groupOf = ({ action }: ExportedEvent): string => action.split(".", 1)[0] || "record";

function instantOf(event: ExportedEvent, origin: number, pid: number, tid: number): TraceEvent {
  const { time, ns, action } = event;
  return {
    name: action === "" ? "record" : action,
    cat: event.category === "" ? "any" : event.category,
    ph: "i",
    s: "t",
    ts: microseconds(time - origin + ns / 1000),
    pid,
    tid,
    args: Object.fromEntries(documentOf(event)),
  };
}
