import { duration, roughly } from "../../durations.js";
import type { Span } from "../../study.js";
import { rfc3339 } from "../../times.js";
import type { PlacedFinding } from "./findings.js";
import { type Item, isBar } from "./items.js";

/** Says when things on the timeline were, in UTC. */
export class TimelineClock {
  /** True when all happened on one day, which then needs not be said with each time. */
  private readonly oneDay: boolean;

  /**
   * @param origin the picture's: µs since the epoch
   * @param length the picture's, µs
   */
  constructor(
    private readonly origin: number,
    length = 0,
  ) {
    this.oneDay = this.point(0).slice(0, 10) === this.point(length).slice(0, 10);
  }

  /** `00:52:31.965`, with the day before it where it is not always the same. */
  short(us: number): string {
    return this.point(us).slice(this.oneDay ? 11 : 0, 23);
  }

  /** `2026-11-22 00:52:31.965120`, to the nanosecond where a time is known so well. µs after the origin. */
  point(us: number): string {
    const whole = Math.floor(us);
    const ns = Math.round((us - whole) * 1000);
    const text = ns > 999 ? rfc3339(this.origin + whole + 1) : rfc3339(this.origin + whole, ns);
    return text === null ? "no time" : text.slice(0, -1).replace("T", " ").replace(/000$/, "");
  }

  /** A moment, and how much later it may have been. */
  moment({ earliest, latest }: Span): string {
    const width = latest - earliest;
    return width > 0 ? `${this.point(earliest)} or up to ${roughly(width)} later` : this.point(earliest);
  }

  /** The view, in words: `2026-11-22 00:52:30 to 00:53:10 UTC (40.0 s)`. */
  view({ from, to }: { from: number; to: number }): string {
    const digits = to - from < 1e4 ? 26 : to - from < 1e7 ? 23 : 19;
    const [start, end] = [
      this.point(from).padEnd(26, "0").slice(0, digits),
      this.point(to).padEnd(26, "0").slice(0, digits),
    ];
    const sameDay = start.slice(0, 10) === end.slice(0, 10);
    return `${start} to ${sameDay ? end.slice(11) : end} UTC (${duration(to - from)})`;
  }
}

/** A fact about something on the timeline: what it is called, and what it is. */
export type Fact = [name: string, value: string];

/** When an item was: on the common clock, how long, and as its own clock had it. */
export function timesOf(item: Item, clock: TimelineClock): Fact[] {
  const facts: Fact[] = [[isBar(item) ? "Began" : "Time", clock.moment(item.from)]];
  if (isBar(item)) {
    facts.push(["Ended", clock.moment(item.to)]);
    facts.push(["Took", took(item.from, item.to)]);
  }
  if (item.stamped !== undefined) {
    const ahead = item.stamped - item.from.earliest;
    const by = Math.abs(ahead) < 1 ? "" : ` (${duration(ahead)} ${ahead > 0 ? "ahead" : "behind"})`;
    facts.push(["As stamped", clock.point(item.stamped) + by]);
  }
  return facts;
}

/** The least and the most that lies between two moments. */
function took(from: Span, to: Span): string {
  const [least, most] = [Math.max(0, to.earliest - from.latest), Math.max(0, to.latest - from.earliest)];
  if (most - least <= most / 1000) return duration(most);
  return least === 0 ? `up to ${duration(most)}` : `${duration(least)} to ${duration(most)}`;
}

/** Everything that the timeline knows of an item but its label. */
export function factsOf(item: Item, clock: TimelineClock): Fact[] {
  return [
    [
      "Kind",
      isBar(item)
        ? `${item.action}, ${item.outcome === "unknown" ? "outcome unknown" : item.outcome}`
        : item.action,
    ],
    ...timesOf(item, clock),
    ["Record", `${item.source}:${item.line}`],
    ...Object.entries(item.entities).map(
      ([kind, name]): Fact => [kind[0]!.toUpperCase() + kind.slice(1), name],
    ),
  ];
}

/** When a finding was. */
export function findingTimes({ span }: PlacedFinding, clock: TimelineClock): Fact[] {
  const facts: Fact[] = [["Began", clock.moment({ earliest: span.from, latest: span.latestFrom })]];
  if (span.to > span.latestFrom)
    facts.push(["Ended", clock.point(span.to)], ["Lasted", duration(span.to - span.from)]);
  return facts;
}

/** When a finding began and how long it lasted, in short: `00:52:32.533, for 5.002 s`. */
export function briefly({ span }: PlacedFinding, clock: TimelineClock): string {
  const lasted = span.to > span.latestFrom ? `, for ${duration(span.to - span.from)}` : "";
  return clock.short(span.from) + lasted;
}
