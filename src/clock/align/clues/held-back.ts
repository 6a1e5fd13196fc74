import type { Event } from "../../../model/event.js";
import { remember } from "./remember.js";
import type { Teller } from "./teller.js";

/** A host asks for a link-layer address again after a second (arp(7): retrans_time_ms; RFC 4861, section 10: RETRANS_TIMER). */
const ASKS_AGAIN_US = 1_100_000;
/** What waited for an answer has left so long after it, µs. */
const RELEASED_US = 20_000;
/** Senders that are remembered at a time. */
const MOST = 1024;

/** ICMPv6 neighbor solicitation. A host sends it from any of its addresses: whose it is is left open. */
const SOLICITATION = 135;
const ANYBODY = "ipv6";

/** Requests of one sender, each not long after the one before. */
interface Asking {
  first: number;
  last: number;
  /** When it was answered. */
  answered?: number;
}

/**
 * What is sent to a neighbour whose link-layer address is not known waits for it in the kernel: it is on the wire later than in the
 * call that sent it. A capture shows the requests, unless a filter hides them.
 */
export class HeldBack {
  /** `event.action`s that it looks at. */
  static readonly actions: readonly string[] = ["arp.request", "arp.reply", "icmp.message"];

  /** By who asks and for which address. */
  private readonly asking = new Map<string, Asking>();
  /** By who asks alone. */
  private readonly asker = new Map<unknown, Asking>();

  constructor(private readonly teller: Teller) {}

  /** Does the capture show such requests at all? */
  get isTold(): boolean {
    return this.asker.size > 0;
  }

  /** Takes a packet that may be such a request. */
  note(packet: Event): void {
    const { fields } = packet;
    if (packet.action === "arp.reply") {
      const asking = this.asking.get(`${fields["arp.target.ip"]} ${fields["arp.sender.ip"]}`);
      if (asking) asking.answered ??= this.teller.latest(packet);
      return;
    }
    const isArp = packet.action === "arp.request";
    if (!isArp && fields["icmp.type"] !== SOLICITATION) return;
    const time = this.teller.earliest(packet);
    if (isArp) asked(this.asking, `${fields["arp.sender.ip"]} ${fields["arp.target.ip"]}`, time);
    asked(this.asker, isArp ? fields["arp.sender.ip"] : ANYBODY, time);
  }

  /**
   * Since when a packet may have been held back: since its own time when its sender was not asking. Who asks for the packet's own
   * destination has it on its link, and other requests are of no concern; else any may have been for the router.
   */
  since(packet: Event): number {
    const { "source.ip": sender, "destination.ip": destination, "network.type": type } = packet.fields;
    const seen = this.teller.earliest(packet);
    const asking =
      this.asking.get(`${sender} ${destination}`) ?? this.asker.get(type === "ipv6" ? ANYBODY : sender);
    if (!asking || seen - asking.last > ASKS_AGAIN_US) return seen;
    if (asking.answered !== undefined && seen - asking.answered > RELEASED_US) return seen;
    return Math.min(seen, asking.first);
  }
}

function asked<K>(asking: Map<K, Asking>, who: K, time: number): void {
  const before = asking.get(who);
  asking.delete(who);
  const first = before && time - before.last <= ASKS_AGAIN_US ? before.first : time;
  remember(asking, who, { first, last: time }, MOST);
}
