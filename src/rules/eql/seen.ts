import type { Event } from "../../model/event.js";
import { before, isOpen, within } from "./order.js";

/** Events with an open time that are kept; the one that ends first goes. */
const MOST_OPEN = 8;

/** What came nearest before a sequence. */
export interface Nearest {
  /** Surely before it. */
  event?: Event;
  /** Another one may have come nearer. */
  doubtful: boolean;
}

/** The nearer one of two. */
export function later(one: Nearest | undefined, other: Nearest | undefined): Nearest | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const [a, b] = [one.event, other.event];
  const nearer = a === undefined || (b !== undefined && b.latest > a.latest) ? other : one;
  const farther = nearer === one ? b : a;
  const overlap = farther !== undefined && nearer.event !== undefined && farther.latest > nearer.event.time;
  return { ...nearer, doubtful: one.doubtful || other.doubtful || overlap };
}

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

  /** The one that came last before `first`, of those at most `span` µs before `last`. */
  nearestBefore(first: Event, last: Event, span: number): Nearest | undefined {
    let nearest: Nearest | undefined;
    for (const event of this.all()) {
      if (event === first || (within(event, last, span) === undefined && !Number.isNaN(event.time))) continue;
      const isBefore = before(event, first) === "certain" && !Number.isNaN(event.time);
      nearest = later(nearest, isBefore ? { event, doubtful: false } : { doubtful: true });
    }
    return nearest;
  }

  /** Was one of them before `first`, and at most `span` µs before `last`? `undefined`: that cannot be told. */
  wasBefore(first: Event, last: Event, span: number): boolean | undefined {
    let may: boolean | undefined = false;
    for (const one of this.all()) {
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

  private all(): readonly Event[] {
    return this.last === undefined ? this.open : [this.last, ...this.open];
  }
}

const endOf = ({ latest }: Event) => (Number.isNaN(latest) ? Number.POSITIVE_INFINITY : latest);
