import type { Event } from "../../../model/event.js";

/** Two sources tell of one change within: µs. */
const SAME_CHANGE = 2_000_000;
/** Changes remembered, and those of them that another source may tell again. */
const MAX_REMEMBERED = 500;
const MAX_RECENT = 16;

interface Told {
  from: string;
  to: string;
  /** µs UTC */
  time: number;
  source: number;
}

/** The changes of one bridge's MAC that link records told, so that several monitors of one host tell each once. */
export class ToldChanges {
  private readonly changes: Told[] = [];

  /** Whether another source told of this change; remembers it if not. */
  isTold(from: string, to: string, { time, source }: Pick<Event, "time" | "source">): boolean {
    const told = this.changes
      .slice(-MAX_RECENT)
      .some(
        (other) =>
          other.from === from &&
          other.to === to &&
          other.source !== source &&
          !(Math.abs(time - other.time) > SAME_CHANGE),
      );
    if (told) return true;
    this.changes.push({ from, to, time, source });
    if (this.changes.length > MAX_REMEMBERED) this.changes.shift();
    return false;
  }

  /** Whether the bridge had given the address up by then, µs UTC, and not taken it again. */
  gaveUp(mac: string, time: number): boolean {
    const last = this.changes.findLast(
      (change) => change.time <= time && (change.from === mac || change.to === mac),
    );
    return last?.from === mac;
  }

  /** Whether the bridge had the address around a time, µs UTC, by what was told of its changes. */
  had(mac: string, time: number): boolean {
    let before = this.changes[0]?.from;
    for (const change of this.changes) {
      if (change.time < time - SAME_CHANGE) before = change.to;
      else if (change.time <= time + SAME_CHANGE && change.to === mac) return true;
    }
    return before === mac;
  }
}
