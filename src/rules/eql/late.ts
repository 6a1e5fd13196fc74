import type { Event } from "../../model/event.js";
import { before, isOpen } from "./order.js";
import type { StepTest } from "./plan.js";

/** More are not kept; the one that ends first goes. */
const MOST = 256;

/**
 * Events of one step whose times are intervals that are not over yet, or that have no time: what the timeline puts behind one of them
 * may have happened before it all the same. Kept for all keys together: hardly one of them is ever asked for.
 */
export class Late {
  private events: Event[] = [];

  constructor(private readonly step: StepTest) {}

  /** An event that fits the step came by. */
  add(event: Event): void {
    if (!isOpen(event)) return;
    this.events.push(event);
    if (this.events.length > MOST) this.prune(event.time);
  }

  /** Those of this key that may have happened after the event, though they came first. */
  after(event: Event, key: string): Event[] {
    return this.events.filter(
      (one) => one !== event && before(one, event) !== "certain" && this.step.keys(one).includes(key),
    );
  }

  clear(): void {
    this.events = [];
  }

  private prune(now: number): void {
    this.events = this.events.filter(({ latest }) => !(latest <= now));
    if (this.events.length <= MOST) return;
    const end = ({ latest }: Event) => (Number.isNaN(latest) ? Number.POSITIVE_INFINITY : latest);
    const least = this.events.reduce((one, other) => (end(other) < end(one) ? other : one));
    this.events = this.events.filter((one) => one !== least);
  }
}
