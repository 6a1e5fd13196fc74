import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker } from "../clue.js";
import { Copies } from "./copies.js";
import { HeldBack } from "./held-back.js";
import {
  type DnsExchange,
  type DnsLookup,
  dnsAnswer,
  dnsLookupAnswered,
  dnsLookupGot,
  dnsQuestion,
  dnsServed,
  NAME_SHOWN,
} from "./keys.js";
import { tellPassage } from "./sender.js";
import { isCall, Teller } from "./teller.js";

/** So many questions wait for their answers. */
const MOST_OPEN = 4096;

/** Which exchange a message belongs to; `undefined` when it shows too little to tell it from others. */
function exchangeOf({ fields }: Event, server: unknown): DnsExchange | undefined {
  const { "dns.id": id, "dns.question.name": name, "dns.question.name_cut": cut } = fields;
  if (typeof id !== "number" || typeof name !== "string" || typeof server !== "string") return undefined;
  return cut === true && name.length < NAME_SHOWN ? undefined : { id, name, server };
}

/** What logs without ids know of it; `undefined` when the message does not show all of that. */
function lookupOf({ fields }: Event, client: unknown): DnsLookup | undefined {
  const { "dns.question.name": name, "dns.question.type": type, "dns.question.name_cut": cut } = fields;
  return typeof name === "string" && typeof type === "string" && typeof client === "string" && cut !== true
    ? { name, type, client }
    : undefined;
}

/** Open questions by exchange: of each the first one since the last answer. An answer may be to it or to any repetition. */
class OpenQuestions {
  private readonly open = new Map<string, Event>();

  asked(key: string, question: Event): void {
    if (this.open.has(key)) return;
    if (this.open.size >= MOST_OPEN) this.open.delete(this.open.keys().next().value!);
    this.open.set(key, question);
  }

  answered(key: string): Event | undefined {
    const question = this.open.get(key);
    this.open.delete(key);
    return question;
  }
}

/** DNS messages as they pass: captures, tcpdump's and tshark's texts, Zeek's dns.log. */
class DnsPackets {
  private readonly copies = new Copies();
  private readonly open = new OpenQuestions();
  private readonly heldBack: HeldBack;

  constructor(private readonly teller: Teller) {
    this.heldBack = new HeldBack(teller);
  }

  take(packet: Event): void {
    const { fields } = packet;
    if (HeldBack.actions.includes(packet.action)) this.heldBack.note(packet);
    else if (packet.action === "dns.query")
      this.question(packet, exchangeOf(packet, fields["destination.ip"]));
    else this.answer(packet, exchangeOf(packet, fields["source.ip"]));
  }

  private question(packet: Event, exchange: DnsExchange | undefined): void {
    if (exchange === undefined) return;
    const { copies, open, teller, heldBack } = this;
    const sent = dnsQuestion("sent", exchange);
    if (copies.isFirst(sent, packet.time)) {
      tellPassage(teller, packet, sent, dnsQuestion("got", exchange), heldBack);
      open.asked(dnsServed(exchange), packet);
    }
    // Of a translated copy only this knows the address that the server saw.
    const asked = lookupOf(packet, packet.fields["source.ip"]);
    if (asked === undefined) return;
    const lookup = dnsLookupGot(asked);
    if (copies.isFirst(`${exchange.id} ${lookup}`, packet.time)) teller.after(lookup, packet);
  }

  private answer(packet: Event, exchange: DnsExchange | undefined): void {
    if (exchange === undefined) return;
    const { copies, open, teller, heldBack } = this;
    const sent = dnsAnswer("sent", exchange);
    if (copies.isFirst(sent, packet.time)) {
      tellPassage(teller, packet, sent, dnsAnswer("got", exchange), heldBack);
      const served = dnsServed(exchange);
      const question = open.answered(served);
      if (question) teller.tell(served, teller.earliest(question), teller.latest(packet), packet);
    }
    const asked = lookupOf(packet, packet.fields["destination.ip"]);
    if (asked === undefined) return;
    const lookup = dnsLookupAnswered(asked);
    if (copies.isFirst(`${exchange.id} ${lookup}`, packet.time)) teller.before(lookup, packet);
  }
}

/** DNS messages as a traced client sends and reads them. */
class DnsCalls {
  private readonly open = new OpenQuestions();

  constructor(private readonly teller: Teller) {}

  take(call: Event): void {
    const exchange = exchangeOf(call, call.fields["destination.ip"]);
    if (exchange === undefined) return;
    if (call.action === "dns.query") this.question(call, exchange);
    else this.answer(call, exchange);
  }

  private question(call: Event, exchange: DnsExchange): void {
    const { teller, open } = this;
    teller.tell(dnsQuestion("sent", exchange), teller.earliest(call), teller.over(call), call);
    open.asked(dnsServed(exchange), call);
    const lookup = lookupOf(call, call.fields["source.ip"]);
    if (lookup) teller.after(dnsLookupGot(lookup), call);
  }

  private answer(call: Event, exchange: DnsExchange): void {
    const { teller, open } = this;
    const served = dnsServed(exchange);
    const question = open.answered(served);
    const over = teller.over(call);
    const from = question ? teller.earliest(question) : Number.NEGATIVE_INFINITY;
    teller.tell(dnsAnswer("got", exchange), from, over, call);
    if (question === undefined) return;
    teller.tell(served, from, over, call);
    const lookup = lookupOf(call, question.fields["source.ip"]);
    if (lookup) teller.tell(dnsLookupAnswered(lookup), Number.NEGATIVE_INFINITY, over, call);
  }
}

/** DNS questions and answers with their transaction ids. */
export const dnsClues: ClueKind = {
  name: "dns",
  actions: ["dns.query", "dns.answer", ...HeldBack.actions],
  of(source, give): ClueTaker {
    const teller = new Teller(source, give);
    const packets = new DnsPackets(teller);
    const calls = new DnsCalls(teller);
    return { take: (event) => (isCall(event) ? calls : packets).take(event), end: () => {} };
  },
};
