import type { Event } from "../../../model/event.js";
import type { Clue, ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { dnsAsked } from "./keys.js";
import { bound, refOf, stampWindow } from "./stamp-window.js";

/** Sources whose records are packets. */
const PACKETS = /^(?:pcap|tcpdump|tshark)/;

/** Copies of one packet, on several interfaces, pass within this (µs). */
const COPIES_US = 10_000;

/** So many packets are remembered to tell their copies. */
const MOST_SEEN = 4096;

/**
 * Questions and answers on the wire by the socket that asked: what resolvers' logs name that print no transaction id. A capture saw a question
 * before it was there, and after it was sent; an answer, after it was sent.
 */
export const dnsSockets: ClueKind = {
  name: "dns.asked",
  actions: ["dns.query", "dns.answer"],
  of(source, give) {
    return PACKETS.test(source.format) ? new DnsSockets(source, give) : undefined;
  },
};

class DnsSockets implements ClueTaker {
  /** When each packet was seen last, by what identifies it. */
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly source: LookedAt,
    private readonly give: (clue: Clue) => void,
  ) {}

  take(event: Event): void {
    const { fields } = event;
    const isQuestion = event.action === "dns.query";
    const name = fields["dns.question.name"];
    const type = fields["dns.question.type"];
    const client = fields[isQuestion ? "source.ip" : "destination.ip"];
    const port = fields[isQuestion ? "source.port" : "destination.port"];
    if (typeof name !== "string" || typeof type !== "string" || fields["dns.question.name_cut"] === true)
      return;
    if (typeof client !== "string" || typeof port !== "number") return;
    const window = stampWindow(this.source, event);
    if (!window || this.isCopy(`${event.action} ${name} ${type} ${client} ${port}`, window.lo)) return;
    const asked = { name, type, client, port };
    const before = { source: this.source.source, lo: Number.NEGATIVE_INFINITY, hi: window.hi };
    const record = refOf(event);
    if (!isQuestion) {
      this.give({ key: dnsAsked("answered", asked), ...before, record });
      return;
    }
    this.give({ key: dnsAsked("sent", asked), ...before, record });
    const after = { source: this.source.source, lo: window.lo, hi: Number.POSITIVE_INFINITY };
    this.give({ key: dnsAsked("got", asked), ...after, record });
  }

  end(): void {
    this.seen.clear();
  }

  /** Was the same packet seen a moment ago? */
  private isCopy(packet: string, time: number): boolean {
    const last = this.seen.get(packet);
    this.seen.delete(packet);
    this.seen.set(packet, time);
    bound(this.seen, MOST_SEEN);
    return last !== undefined && Math.abs(time - last) <= (this.source.unstamped ? 0 : COPIES_US);
  }
}
