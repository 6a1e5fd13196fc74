import type { Event, Fields } from "../../../model/event.js";
import { Fifo } from "../fifo.js";
import { Occupied } from "./occupied.js";

/** Copies of one packet lie within: µs. */
const COPY_SPAN = 500_000;
/** Stamps of a clock that was set back do not bring together what the stream showed further apart than this: µs. */
const STREAM_SPAN = 1_000_000;
/** An answer (SYN-ACK, reset, echo reply, ICMP error) is waited for at most: µs. */
const ANSWER_SPAN = 5_000_000;
const MAX_OPEN = 50_000;
const MAX_COPIES = 24;

/** The TCP segments, by their flags as tcpdump writes them, that have a bearing on anything: see {@link Openers.segment}. */
export const SEGMENTS_OF_INTEREST: ReadonlySet<string> = new Set(["S", "S.", "R", "R."]);

/** The numbers by which what belongs to an open TCP SYN is found. */
export interface OpenerNumbers {
  /** The SYN's sequence number. */
  readonly seq: number;
  /** The client's port. */
  readonly port: number;
}

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
  /** Of those that were plain (timeline/settler), the times (µs UTC). */
  private readonly queue = new Fifo<Opener | number>();
  /** How far the stream had come when it was last looked for what is over: µs UTC. */
  private swept = Number.NEGATIVE_INFINITY;
  private readonly seqs = new Occupied();
  private readonly ports = new Occupied();

  constructor(private readonly settled: (opener: Opener) => void) {}

  /** A `tcp.segment`. */
  segment(event: Event): void {
    const fields = event.fields;
    const flags = fields["tcp.flags"];
    if (flags === "S") {
      const seq = fields["tcp.seq"];
      if (typeof seq === "number") {
        const opener = this.add(`${seq}|${fields["destination.ip"]}|${fields["destination.port"]}`, event);
        if (opener.asks.at(-1) === event) this.noteClient(fields, opener, seq);
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

  /** A TCP SYN that was seen once, and answered: it was open then (µs UTC), but needs no looking after. */
  passed(time: number): void {
    this.queue.push(time);
  }

  /** Whether an opener with this number, or of a client with this port, may be open. */
  mayConcern({ seq, port }: OpenerNumbers): boolean {
    return this.seqs.has(seq) || this.ports.has(port);
  }

  /** Settles what is over at `now`, µs UTC. */
  advance(now: number): void {
    this.swept = now;
    for (let opener = this.queue.first; opener !== undefined; opener = this.queue.first) {
      const time = typeof opener === "number" ? opener : opener.time;
      if (time + ANSWER_SPAN > now && !this.isFull) break;
      this.queue.drop();
      if (typeof opener !== "number") this.close(opener);
    }
  }

  private get isFull(): boolean {
    return this.queue.length >= MAX_OPEN;
  }

  private close(opener: Opener): void {
    if (this.open.get(opener.key) === opener) {
      this.open.delete(opener.key);
      this.seqs.remove(opener.asks[0]!.fields["tcp.seq"]);
    }
    for (const { fields } of opener.asks) {
      if (this.byClient.get(clientOf(fields)) !== opener) continue;
      this.byClient.delete(clientOf(fields));
      this.ports.remove(fields["source.port"]);
    }
    this.settled(opener);
  }

  private add(key: string, event: Event): Opener {
    const known = this.open.get(key);
    if (known !== undefined && this.isCopy(known, event)) {
      if (known.asks.length < MAX_COPIES) known.asks.push(event);
      return known;
    }
    const opener: Opener = { asks: [event], time: event.time, answered: false, key };
    this.open.set(key, opener);
    if (known === undefined) this.seqs.add(event.fields["tcp.seq"]);
    this.queue.push(opener);
    return opener;
  }

  private isCopy(known: Opener, { time }: Event): boolean {
    return Math.abs(time - known.time) < COPY_SPAN && !(this.swept > known.time + STREAM_SPAN);
  }

  /** The same SYN to another destination was redirected (a service's address, a published port): it went on there. */
  private noteClient(fields: Fields, opener: Opener, seq: number): void {
    const client = clientOf(fields);
    const before = this.byClient.get(client);
    if (before !== undefined && before !== opener && before.asks[0]!.fields["tcp.seq"] === seq) {
      if (before.key !== opener.key) before.answered = true;
    }
    if (this.isFull) return;
    if (before === undefined) this.ports.add(fields["source.port"]);
    this.byClient.set(client, opener);
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

const clientOf = (fields: Fields): string => `${fields["source.ip"]}:${fields["source.port"]}`;
