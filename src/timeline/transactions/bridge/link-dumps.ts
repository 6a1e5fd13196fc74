import type { Event } from "../../../model/event.js";
import { text } from "../assembled.js";
import { compareLinks } from "./link-verdict.js";
import type { Machines } from "./machines.js";

/** Of each link, and of all: what is compared is kept until the end. */
const MAX_DUMPS = 64;
const MAX_RECORDS = 10_000;

/**
 * Records of links without a time (`ip addr` saved now and then). They are compared at the end: when all was read it is known of what
 * machine each is, as far as the evidence tells.
 */
export class LinkDumps {
  private readonly links = new Map<string, Event[]>();
  private count = 0;

  /** @param event a `link.state` with a MAC address and without a time */
  add(name: string, event: Event): void {
    if (this.count >= MAX_RECORDS) return;
    const records = this.links.get(name) ?? [];
    if (records.length >= MAX_DUMPS) return;
    this.links.set(name, records);
    this.count++;
    records.push(event);
  }

  /**
   * Link, record before and record after of each change, once; each record is compared with the last one before it that is of the same machine.
   * @param isAsked whether a link's changes are wanted
   */
  *changes(
    machines: Machines,
    isAsked: (name: string) => boolean,
  ): Generator<[name: string, before: Event, after: Event]> {
    for (const [name, records] of this.links) {
      if (!isAsked(name)) continue;
      const told = new Set<string>();
      for (const [at, after] of records.entries()) {
        const before = lastChanged(machines, records.slice(0, at), after);
        if (before === undefined) continue;
        const change = `${text(before, "interface.mac")} ${text(after, "interface.mac")}`;
        if (!told.has(change)) yield [name, before, after];
        told.add(change);
      }
    }
  }
}

/** The last of the records that can be compared with a later one, where it shows another address. */
function lastChanged(machines: Machines, records: readonly Event[], after: Event): Event | undefined {
  for (const before of records.toReversed()) {
    const verdict = compareLinks(machines, before, after);
    if (verdict !== "cannot tell") return verdict === "changed" ? before : undefined;
  }
  return undefined;
}
