import type { Event } from "../../../model/event.js";
import { text } from "../assembled.js";
import { compareLinks } from "./link-verdict.js";
import type { Machines } from "./machines.js";

const MAX_LINKS = 5000;
const MAX_DUMPS = 64;

/**
 * Records of links without a time (`ip addr` saved now and then). They are compared at the end: when all was read it is known of what
 * machine each is, as far as the evidence tells.
 */
export class LinkDumps {
  private readonly links = new Map<string, Event[]>();

  /** @param event a `link.state` with a MAC address and without a time */
  add(name: string, event: Event): void {
    const records = this.links.get(name);
    if (records === undefined) {
      if (this.links.size < MAX_LINKS) this.links.set(name, [event]);
    } else if (records.length < MAX_DUMPS) records.push(event);
  }

  /** Link, record before and record after of each change, once; each record is compared with the last one before it that is of the same machine. */
  *changes(machines: Machines): Generator<[name: string, before: Event, after: Event]> {
    for (const [name, records] of this.links) {
      const told = new Set<string>();
      for (const [at, after] of records.entries()) {
        const before = records
          .slice(0, at)
          .findLast((record) => compareLinks(machines, record, after) !== "cannot tell");
        if (before === undefined || compareLinks(machines, before, after) !== "changed") continue;
        const change = `${text(before, "interface.mac")} ${text(after, "interface.mac")}`;
        if (!told.has(change)) yield [name, before, after];
        told.add(change);
      }
    }
  }
}
