import type { Leg } from "./leg.js";

/** Legs kept per transaction id: real traffic has a handful, hostile traffic must not make chains long. */
const MAX_CHAIN = 64;
/** Legs remembered per client port, for ICMP errors, which quote ports but no id. */
const MAX_PER_PORT = 4;

/**
 * The legs that can still get an answer or a copy, by transaction id: the id is 16 bits, so a plain array does,
 * and no key has to be built and hashed per packet. Each chain is newest first.
 */
export class LegTable {
  /** How many legs were pushed out of a full chain. */
  dropped = 0;
  private readonly chains: (Leg | undefined)[] = new Array(65537).fill(undefined);
  private readonly ports: (Leg | undefined)[] = new Array(65536).fill(undefined);

  /** Newest leg with this id; follow `next`. -1 stands for an unknown id. */
  first(id: number): Leg | undefined {
    return this.chains[slotOf(id)];
  }

  /** Newest leg from this client port; follow `prevOnPort`. Closed ones may still be there. */
  onPort(port: number): Leg | undefined {
    return port > 0 ? this.ports[port & 0xffff] : undefined;
  }

  /** Adds a leg; gives the oldest of a chain that has become too long, already taken out. */
  add(leg: Leg): Leg | undefined {
    const slot = slotOf(leg.id);
    leg.next = this.chains[slot];
    this.chains[slot] = leg;
    if (leg.port > 0) this.addPort(leg);
    let last = leg;
    let length = 1;
    while (last.next !== undefined && length < MAX_CHAIN) {
      last = last.next;
      length++;
    }
    const oldest = last.next;
    if (oldest === undefined) return undefined;
    last.next = undefined;
    this.dropped++;
    return oldest;
  }

  /** Takes a leg out. */
  remove(leg: Leg): void {
    const slot = slotOf(leg.id);
    let at = this.chains[slot];
    if (at === leg) {
      this.chains[slot] = leg.next;
    } else {
      while (at !== undefined && at.next !== leg) at = at.next;
      if (at !== undefined) at.next = leg.next;
    }
    leg.next = undefined;
    const port = leg.port & 0xffff;
    if (this.ports[port] === leg) {
      // Closed ones below would lie here, with all their events, until the port is used again: of most ports, for ever.
      let below = leg.prevOnPort;
      while (below?.closed) below = below.prevOnPort;
      this.ports[port] = below;
    }
    leg.prevOnPort = undefined;
  }

  private addPort(leg: Leg): void {
    const port = leg.port & 0xffff;
    leg.prevOnPort = this.ports[port];
    this.ports[port] = leg;
    let at: Leg | undefined = leg;
    for (let depth = 1; at !== undefined && depth < MAX_PER_PORT; depth++) at = at.prevOnPort;
    if (at !== undefined) at.prevOnPort = undefined;
  }
}

function slotOf(id: number): number {
  return id >= 0 && id <= 65535 ? id : 65536;
}
