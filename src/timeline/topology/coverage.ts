import type { Event } from "../../model/event.js";
import type { Gap } from "../../model/source.js";
import { Gaps, gapText, reaches } from "./gaps.js";

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
 * stream has shown so far). Within it are gaps, where the evidence itself says that something is missing. Times are µs UTC;
 * NaN times are ignored.
 */
export class Coverage {
  private readonly noted: (Span | undefined)[] = [];
  private readonly seenFrom: number[] = [];
  private readonly seenTo: number[] = [];
  private readonly paths: (string | undefined)[] = [];
  private readonly gaps: (Gaps | undefined)[] = [];
  private readonly foretold: (Gap | undefined)[] = [];
  /** Gaps that last until the source's next record. */
  private readonly open = new Map<number, Gap>();

  /**
   * States that `source` is of `kind` and holds records from `from` to `to` (µs UTC, inclusive).
   * @param path its name, for those who ask why it does not cover a time
   */
  note(source: number, kind: CoverageKind, from: number, to: number, path?: string): void {
    this.noted[source] = { kind, from, to };
    this.paths[source] = path;
  }

  /** The evidence says that something is missing from `source`. */
  addGap(source: number, gap: Gap): void {
    (this.gaps[source] ??= new Gaps()).add(gap);
  }

  /** Something is missing between the last record of `source` that was seen and the next one. */
  breakOff(source: number, why: Omit<Gap, "from" | "to">): void {
    if (this.open.has(source)) return;
    const from = this.seenTo[source] ?? Number.NEGATIVE_INFINITY;
    this.open.set(source, { ...why, from, to: Number.POSITIVE_INFINITY });
  }

  /** What the source will say at its end of the whole of it: it holds from the beginning on, and is told where it stands. */
  foretell(source: number, gap: Gap): void {
    this.foretold[source] = gap;
  }

  /** The gap of `source` in [from, to], or one that reaches into it. */
  gapIn(source: number, from: number, to: number): Gap | undefined {
    const ahead = this.foretold[source];
    if (ahead !== undefined && reaches(ahead, from, to)) return ahead;
    const gap = this.gaps[source]?.within(from, to);
    if (gap !== undefined) return gap;
    const open = this.open.get(source);
    return open !== undefined && reaches(open, from, to) ? open : undefined;
  }

  /** The gap of `source` in [from, to] in words; `undefined` where there is none. */
  gapTextIn(source: number, from: number, to: number): string | undefined {
    const gap = this.gapIn(source, from, to);
    return gap && gapText(this.paths[source] ?? `source ${source}`, gap);
  }

  /** The same for any source of that kind; the first one's. */
  gapTextAmong(kind: CoverageKind, from: number, to: number): string | undefined {
    for (const [source, span] of this.noted.entries()) {
      const text = span?.kind === kind ? this.gapTextIn(source, from, to) : undefined;
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** All gaps that `source` told of: those still open last to its end. */
  gapsOf(source: number): readonly Gap[] {
    const open = this.open.get(source);
    const told = this.gaps[source]?.all ?? [];
    return open ? [...told, open] : told;
  }

  /** Widens what is known of the event's source by the event's time. Cheap: called for every event. */
  observe(event: Event): void {
    this.see(event.source, event.time);
  }

  /** The same for a record of which only the time (µs UTC) is known. */
  see(source: number, time: number): void {
    const to = this.seenTo[source];
    if (this.open.size > 0 && !Number.isNaN(time)) this.goOn(source, time);
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

  /** Whether `source` was recording over the whole of [from, to], without a gap. */
  covers(source: number, from: number, to: number): boolean {
    const noted = this.noted[source];
    const last = this.seenTo[source];
    if (!(to <= (last ?? NaN)) && !(noted !== undefined && to <= noted.to)) return false;
    return this.spanOf(source).from <= from && this.gapIn(source, from, to) === undefined;
  }

  /** Whether the last time of `source` is known for the whole of it, not only as far as the stream has come. */
  isNoted(source: number): boolean {
    return !Number.isNaN(this.noted[source]?.to ?? Number.NaN);
  }

  /** Whether any packet capture covers the whole of [from, to]. */
  coversPackets(from: number, to: number): boolean {
    return this.coversAny("packets", from, to);
  }

  /** The next record of a source that broke off. */
  private goOn(source: number, time: number): void {
    const gap = this.open.get(source);
    if (gap === undefined) return;
    this.open.delete(source);
    this.addGap(source, { ...gap, to: Math.max(time, gap.from) });
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
