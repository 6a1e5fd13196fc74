/**
 * Linux holds a packet back until it knows the link-layer address of the next hop: it asks three times, a second apart, and drops the packet
 * then (arp(7): mcast_solicit, retrans_time_ms).
 */
const RESOLVED_WITHIN_US = 3_000_000;
/** An address that nothing was sent to for so long may be asked for again (arp(7): gc_stale_time). */
const FORGOTTEN_AFTER_US = 60_000_000;
const MOST = 1024;

interface Known {
  /** Coordinates of the first and the last packet of the acquaintance. */
  since: number;
  last: number;
  /** It is known that packets leave for it at once. */
  sure: boolean;
}

/**
 * Does a packet leave a host within the call that sends it? It does when the next hop's address is known: something came back from
 * the destination, or a packet went there so long ago that the address was found, or given up, since.
 */
export class Neighbours {
  private readonly known = new Map<string, Known>();

  /** @param stamped coordinates are times */
  constructor(private readonly stamped: boolean) {}

  /**
   * A packet for `host` is sent in a call that began at `from` and was over at `over`.
   * @returns when it has left at the latest
   */
  left(host: string, from: number, over: number): number {
    const { stamped } = this;
    let known = this.known.get(host);
    if (known === undefined || (stamped && from - known.last > FORGOTTEN_AFTER_US)) {
      if (this.known.size >= MOST) this.known.delete(this.known.keys().next().value!);
      known = { since: from, last: from, sure: false };
      this.known.set(host, known);
    }
    known.last = from;
    if (stamped && from - known.since > RESOLVED_WITHIN_US) known.sure = true;
    if (known.sure) return over;
    return stamped ? over + RESOLVED_WITHIN_US : Number.POSITIVE_INFINITY;
  }

  /** Something came from `host`. */
  heard(host: string): void {
    const known = this.known.get(host);
    if (known) known.sure = true;
  }
}
