import type { Event } from "../../model/event.js";
import { before, isOpen, within } from "./order.js";

/** Events with an open time that are kept; the one that ends first goes. */
const MOST_OPEN = 8;

/** What came by, under one key, of a kind of event that must not be in a sequence. */
export class Seen {
  /** @param last the last one at a point of time */
  private constructor(
    private last: Event | undefined,
    private open: readonly Event[],
  ) {}

  static nothing(): Seen {
    return new Seen(undefined, []);
  }

  add(event: Event): void {
    if (!isOpen(event)) this.last = event;
    else this.open = [...this.open, event].sort((a, b) => endOf(b) - endOf(a)).slice(0, MOST_OPEN);
  }

  /** As it is now: what comes later changes nothing in it. */
  snapshot(): Seen {
    return new Seen(this.last, this.open);
  }

  /** Was one of them before `first`, and at most `span` µs before `last`? `undefined`: that cannot be told. */
  wasBefore(first: Event, last: Event, span: number): boolean | undefined {
    let may: boolean | undefined = false;
    for (const one of this.last === undefined ? this.open : [this.last, ...this.open]) {
      if (one === first) continue;
      const order = before(one, first);
      const near = within(one, last, span);
      if (order === "certain" && near === "certain") return true;
      // Too long ago for certain; what has no time may be near.
      if (near === undefined && !Number.isNaN(one.time)) continue;
      may = undefined;
    }
    return may;
  }
}

const endOf = ({ latest }: Event) => (Number.isNaN(latest) ? Number.POSITIVE_INFINITY : latest);
