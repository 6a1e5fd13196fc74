import type { Event } from "../../model/event.js";
import { ZEEK_EXCHANGE } from "./events.js";
import { exchangeOf } from "./exchange.js";

/** A row is written when what it tells of is over, a question without an answer after a minute: µs. */
const HELD = 90_000_000;
const MOST_HELD = 1 << 16;

/**
 * Makes events of a Zeek log's rows, and puts them in order of time: in the file they stand in the order of their ends,
 * which says nothing of what came first.
 */
export class ZeekLog {
  /** In order of time; those before `first` are given. */
  private held: Event[] = [];
  private first = 0;

  constructor(private readonly emit: (event: Event) => void) {}

  /** Takes the next row's record (`zeek.record`). */
  push(record: Event): void {
    const {
      "event.action": action,
      "event.category": _category,
      "@timestamp": _stamp,
      "@timestamp.kind": _kind,
      ...fields
    } = record.fields;
    const event: Event = { ...record, action: String(action), fields };
    for (const told of action === ZEEK_EXCHANGE ? exchangeOf(event) : [event]) this.hold(told);
  }

  end(): void {
    this.giveBefore(Number.POSITIVE_INFINITY);
  }

  private hold(event: Event): void {
    if (Number.isNaN(event.time)) {
      this.emit(event);
      return;
    }
    const { held } = this;
    let at = held.length;
    while (at > this.first && held[at - 1]!.time > event.time) at--;
    held.splice(at, 0, event);
    this.giveBefore(held.at(-1)!.time - HELD);
    if (held.length - this.first > MOST_HELD) this.give();
  }

  private giveBefore(time: number): void {
    while (this.first < this.held.length && this.held[this.first]!.time < time) this.give();
  }

  private give(): void {
    this.emit(this.held[this.first++]!);
    if (this.first < 1024 || this.first < this.held.length / 2) return;
    this.held = this.held.slice(this.first);
    this.first = 0;
  }
}
