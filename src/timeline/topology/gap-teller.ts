import type { Event } from "../../model/event.js";
import type { Gap } from "../../model/source.js";
import type { Coverage } from "./coverage.js";

/** Tellers whose last word is remembered; beyond it nothing is known of the earlier ones, which makes their gaps longer. */
const MOST_TELLERS = 10_000;

/** When somebody told of losses last, and what was the sum. */
interface LastWord {
  /** µs UTC. */
  at: number;
  total: number;
}

/**
 * Listens for what evidence says of its own gaps, and tells the coverage. From when on something is missing is often not told: then it is
 * since the same teller's word before, and else from an unknown time on. That takes more absences for unproven than have to be, and
 * never fewer.
 */
export class GapTeller {
  private readonly last = new Map<string, LastWord>();

  constructor(private readonly coverage: Coverage) {}

  /** By `event.action`: what to do with its events. */
  readonly handlers: Readonly<Record<string, (event: Event) => void>> = {
    "capture.marker": (event) => this.capture(event),
    "log.lost": (event) => this.log(event),
    "trace.lost": (event) => this.trace(event),
    "journal.marker": (event) => this.journal(event),
    "kernel.suspend": (event) => this.suspend(event),
    "kernel.resume": (event) => this.resume(event),
  };

  /** Packets that were dropped while capturing, or bytes of the file that cannot be read. */
  private capture(event: Event): void {
    const { source, fields } = event;
    const skipped = fields["capture.skipped"];
    if (typeof skipped === "number")
      this.coverage.breakOff(source, {
        why: `${skipped} bytes are damaged`,
        lost: skipped,
        ...placeOf(event),
      });
    const dropped = fields["capture.dropped"];
    if (typeof dropped !== "number") return;
    const since = fields["capture.dropped_since"];
    if (since === "packet") {
      this.coverage.breakOff(source, { why: droppedWhy(dropped), lost: dropped, ...placeOf(event) });
      return;
    }
    // Statistics of an interface count from its beginning; a tool's last words count its own run.
    const now = this.coverage.spanOf(source).to;
    const before = this.word(`${source} packets ${fields["interface.name"]}`, now, dropped);
    const lost = since === "start" ? dropped - before.total : dropped;
    if (lost > 0) this.add(event, before.at, now, { why: droppedWhy(lost), lost });
  }

  /** journald and rsyslog speak of a loss when it is over. */
  private log(event: Event): void {
    const { source, time, fields } = event;
    const lost = fields["log.lost"];
    const of = fields["log.lost_of"];
    const teller = `${source} log ${fields["log.lost_by"]} ${of} ${of === undefined ? fields["process.pid"] : ""}`;
    const before = this.word(teller, time, 0);
    // "begin to drop messages": how many will be told at the end.
    if (typeof lost !== "number") return;
    const why =
      of === "kernel"
        ? `${lost} kernel messages were overwritten before they were read`
        : `${lost} messages${of === undefined ? "" : ` of ${of}`} were lost to a rate limit`;
    this.add(event, before.at, event.latest, { why, lost });
  }

  private trace(event: Event): void {
    const lost = event.fields["event.count"];
    if (typeof lost !== "number") return;
    this.coverage.breakOff(event.source, { why: `the tracer lost ${lost} events`, lost, ...placeOf(event) });
  }

  /** `journalctl` writes a line between two boots: while the machine was off nothing was recorded. */
  private journal(event: Event): void {
    if (event.fields["journal.boot"] === undefined) return;
    // The first boot in the output follows nothing.
    if (Number.isNaN(this.coverage.spanOf(event.source).to)) return;
    this.coverage.breakOff(event.source, { why: "the machine was started anew", ...placeOf(event) });
  }

  private suspend({ source, time }: Event): void {
    this.word(`${source} asleep`, time, 0);
  }

  private resume(event: Event): void {
    const { at } = this.word(`${event.source} asleep`, Number.NEGATIVE_INFINITY, 0);
    if (at > Number.NEGATIVE_INFINITY) this.add(event, at, event.latest, { why: "the machine was asleep" });
  }

  private add(event: Event, from: number, to: number, gap: Pick<Gap, "why" | "lost">): void {
    const end = Number.isNaN(to) ? Number.POSITIVE_INFINITY : to;
    this.coverage.addGap(event.source, { ...gap, from: Math.min(from, end), to: end, ...placeOf(event) });
  }

  /** Remembers a teller's word. @returns its word before */
  private word(teller: string, at: number, total: number): LastWord {
    const before = this.last.get(teller) ?? { at: Number.NEGATIVE_INFINITY, total: 0 };
    if (this.last.size >= MOST_TELLERS) this.last.clear();
    this.last.set(teller, { at: Number.isNaN(at) ? before.at : at, total });
    return before;
  }
}

/** The kinds of event by which evidence tells of its gaps. */
export const GAP_INPUTS = [
  "capture.marker",
  "log.lost",
  "trace.lost",
  "journal.marker",
  "kernel.suspend",
  "kernel.resume",
] as const;

export const droppedWhy = (count: number): string =>
  `${count === 1 ? "1 packet was" : `${count} packets were`} dropped while capturing`;

const placeOf = ({ line, offset }: Event): Pick<Gap, "line" | "offset"> => ({ line, offset });
