import type { Event } from "../../../model/event.js";
import type { ClueKind } from "../clue.js";
import { Copies } from "./copies.js";
import { isLog, isTrace } from "./is-log.js";
import { echoReply, echoRequest, echoServed } from "./keys.js";
import { remember } from "./remember.js";
import { tellPassage } from "./sender.js";
import { Teller } from "./teller.js";

/** Requests that wait for their replies. */
const MOST_OPEN = 4096;

/** ICMP and ICMPv6: echo request. */
const REQUESTS: ReadonlySet<unknown> = new Set([8, 128]);
/** The replies. */
const REPLIES: ReadonlySet<unknown> = new Set([0, 129]);

/** Echo requests (`ping`) and their replies as they pass. */
export const icmpClues: ClueKind = {
  families: ["icmp.request", "icmp.reply", "icmp.served"],
  actions: ["icmp.message"],
  of(source, give) {
    if (isLog(source) || isTrace(source)) return undefined;
    const echoes = new Echoes(new Teller(source, give));
    return { take: (packet) => echoes.take(packet), end: () => {} };
  },
};

class Echoes {
  private readonly copies = new Copies();
  private readonly open = new Map<string, Event>();

  constructor(private readonly teller: Teller) {}

  take(packet: Event): void {
    const { "icmp.type": type, "icmp.id": id, "icmp.seq": seq } = packet.fields;
    if (typeof id !== "number" || typeof seq !== "number") return;
    if (REQUESTS.has(type)) this.request(packet, id, seq);
    else if (REPLIES.has(type)) this.reply(packet, id, seq);
  }

  private request(packet: Event, id: number, seq: number): void {
    const { teller, copies, open } = this;
    const host = packet.fields["destination.ip"];
    if (typeof host !== "string") return;
    const sent = echoRequest("sent", id, seq, host);
    if (!copies.isFirst(sent, packet.time)) return;
    tellPassage(teller, packet, sent, echoRequest("got", id, seq, host));
    remember(open, echoServed(id, seq, host), packet, MOST_OPEN);
  }

  private reply(packet: Event, id: number, seq: number): void {
    const { teller, copies, open } = this;
    const host = packet.fields["source.ip"];
    if (typeof host !== "string") return;
    const sent = echoReply("sent", id, seq, host);
    if (!copies.isFirst(sent, packet.time)) return;
    tellPassage(teller, packet, sent, echoReply("got", id, seq, host));
    const served = echoServed(id, seq, host);
    const request = open.get(served);
    open.delete(served);
    if (request) teller.tell(served, teller.earliest(request), teller.latest(packet), packet);
  }
}
