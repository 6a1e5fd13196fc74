import type { ClockInfo } from "../model/clock.js";
import type { Event } from "../model/event.js";
import type { Finding } from "../model/finding.js";
import type { Source } from "../model/source.js";
import type { ReportEvidence, UndatedSpan } from "./contract.js";
import { rfc3339, type Time, timeOf, undated, type When, when } from "./times.js";
import { decodeBytes } from "./utf8.js";
import { cut } from "./width.js";

/** Characters of a record's text that a report carries; its `offset` and `length` lead to the rest. */
export const MOST_TEXT = 4096;

/** Answers where an event comes from and whether its time has a date. */
export class Placing {
  private readonly clocks: ReadonlyMap<string, ClockInfo>;

  constructor(
    private readonly sources: readonly Source[],
    clocks: readonly ClockInfo[],
    private readonly texts: (event: Event) => string,
  ) {
    this.clocks = new Map(clocks.map((clock) => [clock.id, clock]));
  }

  path(event: Event): string {
    return decodeBytes(this.sources[event.source]?.path ?? "?");
  }

  /** The clock of a source when its date is unknown, so that its times must not be shown as dates. */
  floatingClock(source: Source | undefined): ClockInfo | undefined {
    const clock = source && this.clocks.get(source.clock);
    return clock?.floating ? clock : undefined;
  }

  /** True when the event has a time that can be compared with the other clocks'. */
  isDated(event: Event): boolean {
    return Number.isFinite(event.time) && !this.floatingClock(this.sources[event.source]);
  }

  text(event: Event): string {
    // Four bytes to a character at most: longer texts need no decoding to their end.
    const text = decodeBytes(this.texts(event).slice(0, MOST_TEXT * 4));
    return text.length <= MOST_TEXT ? text : cut(text, MOST_TEXT);
  }

  evidence(event: Event): ReportEvidence {
    const floating = this.floatingClock(this.sources[event.source]);
    return {
      source: this.path(event),
      line: event.line,
      offset: event.offset,
      length: event.length,
      time: floating ? null : timeOf(event),
      ...(floating ? undated(floating.kind, event.time) : {}),
      action: event.action,
      text: this.text(event),
    };
  }

  /** When a finding begins and ends. Evidence with a date decides; without any, what is known of the undated times. */
  span(finding: Finding): { from: When; to: Time | null } & UndatedSpan {
    const timed = finding.evidence.filter((event) => Number.isFinite(event.time));
    const dated = timed.filter((event) => this.isDated(event));
    if (dated.length === timed.length) {
      const first = timed.find((event) => event.time === finding.from);
      return { from: when(finding.from, finding.latestFrom, first?.ns), to: rfc3339(finding.to) };
    }
    if (dated.length === 0) {
      const clock = this.floatingClock(this.sources[timed[0]!.source])!;
      return { from: null, to: null, ...undatedSpan(clock, finding.from, finding.to) };
    }
    let first = dated[0]!;
    let to = first.latest;
    for (const event of dated) {
      if (event.time < first.time) first = event;
      if (event.latest > to) to = event.latest;
    }
    return { from: timeOf(first), to: rfc3339(to) };
  }
}

/** `{ time_of_day: { from, to } }` or `{ elapsed: … }`; `{}` when there is no time. */
export function undatedSpan(clock: ClockInfo, from: number, to: number): UndatedSpan {
  const first = undated(clock.kind, from);
  const last = undated(clock.kind, Number.isFinite(to) ? to : from);
  if (first.time_of_day !== undefined) {
    return { time_of_day: { from: first.time_of_day, to: last.time_of_day ?? first.time_of_day } };
  }
  if (first.elapsed !== undefined)
    return { elapsed: { from: first.elapsed, to: last.elapsed ?? first.elapsed } };
  return {};
}
