import type { Event } from "../../model/event.js";

/** What a source records, as far as proving absence goes. */
export type CoverageKind = "packets" | "strace" | "log" | "snapshot" | "other";

interface Span {
  kind: CoverageKind;
  from: number;
  to: number;
}

/**
 * What each source covers in time. Absence is only provable while a source that would have shown a thing was
 * being recorded: a capture that ends two seconds after a query says nothing about a five-second time-out.
 *
 * A span comes from two sides: `note` (what is known of the whole source beforehand) and `observe` (what the
 * stream has shown so far). Times are µs UTC; NaN times are ignored.
 */
export class Coverage {
  private readonly noted: (Span | undefined)[] = [];
  private readonly seenFrom: number[] = [];
  private readonly seenTo: number[] = [];

  /** States that `source` is of `kind` and holds records from `from` to `to` (µs UTC, inclusive). */
  note(source: number, kind: CoverageKind, from: number, to: number): void {
    this.noted[source] = { kind, from, to };
  }

  /** Widens what is known of the event's source by the event's time. Cheap: called for every event. */
  observe(event: Event): void {
    this.see(event.source, event.time);
  }

  /** The same for a record of which only the time (µs UTC) is known. */
  see(source: number, time: number): void {
    const to = this.seenTo[source];
    if (to === undefined) {
      if (!Number.isNaN(time)) {
        this.seenFrom[source] = time;
        this.seenTo[source] = time;
      }
    } else if (time > to) this.seenTo[source] = time;
  }

  /** First and last time of a source, µs UTC; NaN when it has none. */
  spanOf(source: number): { from: number; to: number } {
    const noted = this.noted[source];
    const from = this.seenFrom[source] ?? NaN;
    const to = this.seenTo[source] ?? NaN;
    if (noted === undefined) return { from, to };
    return { from: least(noted.from, from), to: most(noted.to, to) };
  }

  /** Whether `source` was recording over the whole of [from, to]. */
  covers(source: number, from: number, to: number): boolean {
    const noted = this.noted[source];
    const last = this.seenTo[source];
    if (!(to <= (last ?? NaN)) && !(noted !== undefined && to <= noted.to)) return false;
    return this.spanOf(source).from <= from;
  }

  /** Whether the last time of `source` is known for the whole of it, not only as far as the stream has come. */
  isNoted(source: number): boolean {
    return !Number.isNaN(this.noted[source]?.to ?? Number.NaN);
  }

  /** Whether any packet capture covers the whole of [from, to]. */
  coversPackets(from: number, to: number): boolean {
    return this.coversAny("packets", from, to);
  }

  /** Whether any source of that kind covers the whole of [from, to]. */
  coversAny(kind: CoverageKind, from: number, to: number): boolean {
    return this.noted.some((span, source) => span?.kind === kind && this.covers(source, from, to));
  }

  /** Whether there are sources of that kind, and each of them covers the whole of [from, to]. */
  coversAll(kind: CoverageKind, from: number, to: number): boolean {
    let count = 0;
    for (const [source, span] of this.noted.entries()) {
      if (span?.kind !== kind) continue;
      if (!this.covers(source, from, to)) return false;
      count += 1;
    }
    return count > 0;
  }
}

function least(a: number, b: number): number {
  return a <= b || Number.isNaN(b) ? a : b;
}

function most(a: number, b: number): number {
  return a >= b || Number.isNaN(b) ? a : b;
}
