import type { ClockInfo } from "../model/clock.js";
import type { Event } from "../model/event.js";
import type { Finding } from "../model/finding.js";
import type { Source } from "../model/source.js";
import type { StampKind } from "../model/stamp.js";
import { isFloating } from "../model/time.js";
import type { ReportEvidence, UndatedSpan } from "./contract.js";
import { rfc3339, stampOf, type Time, timeOf, undated, type When, when } from "./times.js";
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

  /** @param source an index into the list of sources */
  pathOf(source: number): string {
    return decodeBytes(this.sources[source]?.path ?? "?");
  }

  /**
   * How a source's time is to be read when its date is unknown, so that it must not be shown as a date;
   * `undefined` when the time is dated, or is none.
   */
  floatingKind(source: Source | undefined, us: number): StampKind | undefined {
    if (!source || !Number.isFinite(us)) return undefined;
    // The time itself tells: a log whose own stamps have no date may carry dated ones inside its messages.
    return isFloating(us) ? (this.clocks.get(source.clock)?.kind ?? source.stamp) : undefined;
  }

  /** True when the event has a time that can be compared with the other clocks'. */
  isDated(event: Event): boolean {
    return Number.isFinite(event.time) && this.kindOf(event) === undefined;
  }

  private kindOf(event: Event): StampKind | undefined {
    return this.floatingKind(this.sources[event.source], event.time);
  }

  text(event: Event): string {
    // Four bytes to a character at most: longer texts need no decoding to their end.
    const text = decodeBytes(this.texts(event).slice(0, MOST_TEXT * 4));
    return text.length <= MOST_TEXT ? text : cut(text, MOST_TEXT);
  }

  evidence(event: Event): ReportEvidence {
    const floating = this.kindOf(event);
    return {
      source: this.pathOf(event.source),
      line: event.line,
      offset: event.offset,
      length: event.length,
      time: floating === undefined ? timeOf(event) : null,
      ...(floating === undefined ? stampOf(event) : undated(floating, event.time)),
      action: event.action,
      text: this.text(event),
    };
  }

  /** When a finding begins and ends: dated where any of its matches is, else what is known of the undated times. */
  span(finding: Finding): { from: When; to: Time | null } & UndatedSpan {
    if (Number.isFinite(finding.from) && !isFloating(finding.from)) {
      const nsOf = (time: number) => finding.evidence.find((event) => event.time === time)?.ns;
      return {
        from: when(finding.from, finding.latestFrom, nsOf(finding.from)),
        to: rfc3339(finding.to, nsOf(finding.to)),
      };
    }
    const undatedOne = finding.evidence.find((event) => Number.isFinite(event.time));
    const kind = undatedOne && this.kindOf(undatedOne);
    return {
      from: null,
      to: null,
      ...(kind === undefined ? {} : undatedSpan(kind, finding.from, finding.to)),
    };
  }
}

/** `{ time_of_day: { from, to } }` or `{ elapsed: … }`; `{}` when there is no time. */
export function undatedSpan(kind: StampKind, from: number, to: number): UndatedSpan {
  const first = undated(kind, from);
  const last = undated(kind, Number.isFinite(to) ? to : from);
  if (first.time_of_day !== undefined) {
    return { time_of_day: { from: first.time_of_day, to: last.time_of_day ?? first.time_of_day } };
  }
  if (first.elapsed !== undefined)
    return { elapsed: { from: first.elapsed, to: last.elapsed ?? first.elapsed } };
  return {};
}
