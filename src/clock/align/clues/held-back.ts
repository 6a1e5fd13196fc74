import type { Event } from "../../../model/event.js";
import { remember } from "./remember.js";
import type { Teller } from "./teller.js";

/** A host asks for a link-layer address again after a second (arp(7): retrans_time_ms; RFC 4861, section 10: RETRANS_TIMER). */
const ASKS_AGAIN_US = 1_100_000;
/** Senders that are remembered at a time. */
const MOST = 1024;

/** ICMPv6 neighbor solicitation. A host sends it from any of its addresses: whose it is is left open. */
const SOLICITATION = 135;
const ANYBODY = "ipv6";

/** Requests of one sender, each not long after the one before. */
interface Asking {
  first: number;
  last: number;
}

/**
 * What is sent to a neighbour whose link-layer address is not known waits for it in the kernel: it is on the wire later than in the
 * call that sent it. A capture shows the requests, unless a filter hides them.
 */
export class HeldBack {
  /** `event.action`s that it looks at. */
  static readonly actions: readonly string[] = ["arp.request", "icmp.message"];

  private readonly asking = new Map<unknown, Asking>();

  constructor(private readonly teller: Teller) {}

  /** Does the capture show such requests at all? */
  get isTold(): boolean {
    return this.asking.size > 0;
  }

  /** Takes a packet that may be such a request. */
  note(packet: Event): void {
    const { fields } = packet;
    const isArp = packet.action === "arp.request";
    if (!isArp && fields["icmp.type"] !== SOLICITATION) return;
    const sender = isArp ? fields["arp.sender.ip"] : ANYBODY;
    const time = this.teller.earliest(packet);
    const before = this.asking.get(sender);
    this.asking.delete(sender);
    const first = before && time - before.last <= ASKS_AGAIN_US ? before.first : time;
    remember(this.asking, sender, { first, last: time }, MOST);
  }

  /** Since when a packet may have been held back: since its own time when its sender was not asking. */
  since(packet: Event): number {
    const { "source.ip": sender, "network.type": type } = packet.fields;
    const seen = this.teller.earliest(packet);
    const asking = this.asking.get(type === "ipv6" ? ANYBODY : sender);
    return asking && seen - asking.last <= ASKS_AGAIN_US ? Math.min(seen, asking.first) : seen;
  }
}
