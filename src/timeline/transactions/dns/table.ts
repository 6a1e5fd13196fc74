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
  /** Which of them there are: small enough to stay in the first-level cache. */
  private readonly ids = new BitSet(65537);
  private readonly clients = new BitSet(65536);

  /** Whether there is none with this id, and none from this client port: nearly always, and known without a look at any leg. */
  isFree(id: number, port: number): boolean {
    return !this.ids.has(slotOf(id)) && !this.clients.has(port & 0xffff);
  }

  /** Newest leg with this id; follow `next`. -1 stands for an unknown id. */
  first(id: number): Leg | undefined {
    return this.chains[slotOf(id)];
  }

  /** Newest leg from this client port; follow `prevOnPort`. Closed ones may still be there. */
  onPort(port: number): Leg | undefined {
    return port > 0 ? this.ports[port & 0xffff] : undefined;
  }

  /** The legs from this client port, the newest first. */
  *fromPort(port: number): Generator<Leg> {
    for (let leg = this.onPort(port); leg !== undefined; leg = leg.prevOnPort) yield leg;
  }

  /** Adds a leg; gives the oldest of a chain that has become too long, already taken out. */
  add(leg: Leg): Leg | undefined {
    const slot = slotOf(leg.id);
    leg.next = this.chains[slot];
    this.chains[slot] = leg;
    this.ids.add(slot);
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

  /** A packet shows the client port of a leg that only a trace had shown. */
  showPort(leg: Leg, port: number): void {
    leg.port = port;
    this.addPort(leg);
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
    if (this.chains[slot] === undefined) this.ids.delete(slot);
    const port = leg.port & 0xffff;
    if (this.ports[port] === leg) {
      // Closed ones below would lie here, with all their events, until the port is used again: of most ports, for ever.
      let below = leg.prevOnPort;
      while (below?.closed) below = below.prevOnPort;
      this.ports[port] = below;
      if (below === undefined) this.clients.delete(port);
    }
    leg.prevOnPort = undefined;
  }

  private addPort(leg: Leg): void {
    const port = leg.port & 0xffff;
    leg.prevOnPort = this.ports[port];
    this.ports[port] = leg;
    this.clients.add(port);
    let at: Leg | undefined = leg;
    for (let depth = 1; at !== undefined && depth < MAX_PER_PORT; depth++) at = at.prevOnPort;
    if (at !== undefined) at.prevOnPort = undefined;
  }
}

/** A set of small numbers. */
class BitSet {
  private readonly bits: Uint8Array;

  constructor(size: number) {
    this.bits = new Uint8Array((size + 7) >>> 3);
  }

  has(number: number): boolean {
    return (this.bits[number >>> 3]! & (1 << (number & 7))) !== 0;
  }

  add(number: number): void {
    this.bits[number >>> 3]! |= 1 << (number & 7);
  }

  delete(number: number): void {
    this.bits[number >>> 3]! &= ~(1 << (number & 7));
  }
}

function slotOf(id: number): number {
  return id >= 0 && id <= 65535 ? id : 65536;
}
