import { DAY_US } from "../model/calendar.js";
import type { Observed } from "./observed.js";
import { SameHost } from "./same-host.js";

/** A source whose times are known. */
export interface Dated {
  path: string;
  from: number;
  to: number;
}

/** The sources that tell what day it was. */
export class DatedSources {
  private readonly all: Dated[] = [];
  private sorted: readonly Dated[] | undefined;
  private readonly ofHosts = new SameHost<Dated>((dated) => dated);

  add(source: Observed, dated: Dated): void {
    this.all.push(dated);
    this.sorted = undefined;
    this.ofHosts.add(source, dated);
  }

  /** Those of the same host, or all where there are none of it, from the earliest on. */
  near(source: Observed): readonly Dated[] {
    const own = this.ofHosts.of(source);
    return own.length > 0 ? inTime(own) : (this.sorted ??= inTime(this.all));
  }
}

const inTime = (dated: readonly Dated[]): Dated[] =>
  [...dated].sort((a, b) => a.from - b.from || (a.path < b.path ? -1 : 1));

/** The days that sources fall on in local time: midnights, µs as if they were UTC. */
export function daysOf(dated: readonly Dated[], local: (us: number) => number): number[] {
  const days = new Set<number>();
  for (const { from, to } of dated)
    for (const us of [from, to]) days.add(Math.floor(local(us) / DAY_US) * DAY_US);
  return [...days];
}
