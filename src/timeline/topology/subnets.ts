import { contains, type Subnet } from "./addresses.js";
import { History } from "./history.js";

const MAX_SUBNETS = 5_000;

/** A subnet that lies behind a bridge. */
export interface Behind {
  subnet: Subnet;
  bridge: string;
}

/** Which subnets lie behind which bridges, over time: a network that is removed leaves its addresses to the next. */
export class Subnets {
  private readonly known: (Behind & { history: History })[] = [];

  /** Whether none is known. */
  get isEmpty(): boolean {
    return this.known.length === 0;
  }

  /** The bridge has the subnet. @param time µs UTC; NaN when nobody knows */
  add(bridge: string, subnet: Subnet, time: number): void {
    let entry = this.find(bridge, subnet);
    if (entry === undefined) {
      if (this.known.length >= MAX_SUBNETS) return;
      entry = { subnet, bridge, history: new History() };
      this.known.push(entry);
    }
    entry.history.note("holds", time);
  }

  /** The bridge has it no longer; without a subnet, it has none of its own any more. */
  remove(bridge: string, subnet: Subnet | undefined, time: number): void {
    for (const entry of this.known) {
      const isMeant =
        subnet === undefined || (entry.subnet.base === subnet.base && entry.subnet.bits === subnet.bits);
      if (entry.bridge === bridge && isMeant) entry.history.note("ends", time);
    }
  }

  /** What the address lay behind at `time` (µs UTC; NaN: at any time); of nested subnets the narrowest. */
  of(address: number, time: number): Behind | undefined {
    let best: Behind | undefined;
    for (const entry of this.known) {
      if (!contains(entry.subnet, address) || (best !== undefined && best.subnet.bits >= entry.subnet.bits))
        continue;
      if (entry.history.heldAt(time)) best = entry;
    }
    return best;
  }

  private find(bridge: string, { base, bits }: Subnet) {
    return this.known.find(
      (entry) => entry.bridge === bridge && entry.subnet.base === base && entry.subnet.bits === bits,
    );
  }
}
