import type { Event } from "../../../model/event.js";

/** Copies of one packet lie within: µs. */
const COPY_SPAN = 500_000;
/** An answer (SYN-ACK, reset, echo reply, ICMP error) is waited for at most: µs. */
const ANSWER_SPAN = 5_000_000;
const MAX_OPEN = 50_000;

/** The TCP segments, by their flags as tcpdump writes them, that have a bearing on anything: see {@link Openers.segment}. */
export const SEGMENTS_OF_INTEREST: ReadonlySet<string> = new Set(["S", "S.", "R", "R."]);

/** A TCP SYN or an ICMP echo request with all its copies. */
export interface Opener {
  readonly asks: Event[];
  readonly time: number;
  answered: boolean;
  readonly key: string;
}

/**
 * Groups the copies of packets that open something and so must pass NAT anew: TCP SYNs (by destination and sequence number,
 * which masquerading leaves alone) and ICMP echo requests (by destination, id and sequence). Segments of established
 * connections, FINs and resets are passed over: stray ones skip NAT harmlessly.
 */
export class Openers {
  private readonly open = new Map<string, Opener>();
  /** By the client's address and port, for ICMP errors. */
  private readonly byClient = new Map<string, Opener>();
  private queue: Opener[] = [];
  private at = 0;

  constructor(private readonly settled: (opener: Opener) => void) {}

  /** A `tcp.segment`. */
  segment(event: Event): void {
    const fields = event.fields;
    const flags = fields["tcp.flags"];
    if (flags === "S") {
      const seq = fields["tcp.seq"];
      if (typeof seq === "number") {
        const opener = this.add(`${seq}|${fields["destination.ip"]}|${fields["destination.port"]}`, event);
        this.noteClient(`${fields["source.ip"]}:${fields["source.port"]}`, opener, seq);
      }
    } else if (flags === "S." || flags === "R." || flags === "R") {
      const ack = fields["tcp.ack"];
      const seq = typeof ack === "number" ? (ack + 0xffffffff) % 0x100000000 : -1;
      this.answer(`${seq}|${fields["source.ip"]}|${fields["source.port"]}`);
      this.refuse(`${fields["destination.ip"]}:${fields["destination.port"]}`);
    }
  }

  /** An `icmp.message`: an echo request, its reply, or an error about a packet of ours. */
  icmp(event: Event): void {
    const fields = event.fields;
    const type = fields["icmp.type"];
    const key = (ip: unknown) => `e${fields["icmp.id"]}|${fields["icmp.seq"]}|${ip}`;
    if (type === 8 && fields["icmp.original.source.ip"] === undefined)
      this.add(key(fields["destination.ip"]), event);
    else if (type === 0) this.answer(key(fields["source.ip"]));
    else this.refuse(`${fields["icmp.original.source.ip"]}:${fields["icmp.original.source.port"]}`);
  }

  /** Settles what is over at `now`, µs UTC. */
  advance(now: number): void {
    while (this.at < this.queue.length) {
      const opener = this.queue[this.at]!;
      if (opener.time + ANSWER_SPAN > now && this.queue.length - this.at < MAX_OPEN) break;
      this.at++;
      if (this.open.get(opener.key) === opener) this.open.delete(opener.key);
      const first = opener.asks[0]!.fields;
      const client = `${first["source.ip"]}:${first["source.port"]}`;
      if (this.byClient.get(client) === opener) this.byClient.delete(client);
      this.settled(opener);
    }
    if (this.at > 1024 && this.at * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.at);
      this.at = 0;
    }
  }

  private add(key: string, event: Event): Opener {
    const known = this.open.get(key);
    if (known !== undefined && Math.abs(event.time - known.time) < COPY_SPAN) {
      if (known.asks.length < 24) known.asks.push(event);
      return known;
    }
    const opener: Opener = { asks: [event], time: event.time, answered: false, key };
    this.open.set(key, opener);
    this.queue.push(opener);
    return opener;
  }

  /** The same SYN to another destination was redirected (a service's address, a published port): it went on there. */
  private noteClient(client: string, opener: Opener, seq: number): void {
    const before = this.byClient.get(client);
    if (before !== undefined && before !== opener && before.asks[0]!.fields["tcp.seq"] === seq) {
      if (before.key !== opener.key) before.answered = true;
    }
    if (before !== undefined || this.byClient.size < MAX_OPEN) this.byClient.set(client, opener);
  }

  private answer(key: string): void {
    const opener = this.open.get(key);
    if (opener !== undefined) opener.answered = true;
  }

  private refuse(client: string): void {
    const opener = this.byClient.get(client);
    if (opener !== undefined) opener.answered = true;
  }
}
