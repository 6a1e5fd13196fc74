import type { Event, Fields } from "../../../model/event.js";
import { Copies } from "./copies.js";
import { exchangeOf, lookupOf, MOST_OPEN, OpenQuestions } from "./dns-exchange.js";
import { HeldBack } from "./held-back.js";
import {
  type DnsExchange,
  type DnsLookup,
  dnsAnswer,
  dnsExchangeName,
  dnsLookupAnswered,
  dnsLookupGot,
  dnsLookupName,
  dnsQuestion,
  dnsQuestionDue,
  dnsServed,
} from "./keys.js";
import { remember } from "./remember.js";
import { tellDue, tellPassage } from "./sender.js";
import type { Teller } from "./teller.js";

/** What a question says of itself. */
const ASKED = ["dns.question.name", "dns.question.type", "dns.question.name_cut"] as const;

/** DNS messages as they pass: captures, tcpdump's and tshark's texts, Zeek's dns.log. */
export class DnsPackets {
  private readonly copies = new Copies();
  private readonly open = new OpenQuestions();
  private readonly heldBack: HeldBack;
  /** What was asked last under an id by a host. */
  private readonly asked = new Map<string, Fields>();

  constructor(private readonly teller: Teller) {
    this.heldBack = new HeldBack(teller);
  }

  take(packet: Event): void {
    const { fields } = packet;
    if (HeldBack.actions.includes(packet.action)) this.heldBack.note(packet);
    else if (packet.action === "dns.query")
      this.question(packet, exchangeOf(packet, fields["destination.ip"]));
    else this.answer(this.completed(packet));
  }

  /** An answer with its question, which tcpdump's text leaves out. */
  private completed(packet: Event): Event {
    const { fields } = packet;
    if (fields["dns.question.name"] !== undefined) return packet;
    const asked = this.asked.get(`${fields["dns.id"]} ${fields["destination.ip"]} ${fields["source.ip"]}`);
    return asked ? { ...packet, fields: { ...fields, ...asked } } : packet;
  }

  private question(packet: Event, exchange: DnsExchange | undefined): void {
    if (exchange === undefined) return;
    const matters = this.teller.mayMatter("dns", dnsExchangeName(exchange));
    // Of a translated copy only this knows the address that the server saw.
    const asked = this.lookupOf(packet, packet.fields["source.ip"]);
    this.note(packet, exchange, matters || asked !== undefined);
    if (matters) this.asks(packet, exchange);
    if (asked === undefined) return;
    const lookup = dnsLookupGot(asked);
    if (this.copies.isFirst(`${exchange.id} ${lookup}`, packet.time)) this.teller.after(lookup, packet);
  }

  /** Keeps what a question says for its answer, if that is of use: an answer to another one is not to be taken for one to it. */
  private note({ fields }: Event, { id, server }: DnsExchange, isOfUse: boolean): void {
    const { asked } = this;
    if (!isOfUse && asked.size === 0) return;
    const socket = `${id} ${fields["source.ip"]} ${server}`;
    if (isOfUse)
      remember(asked, socket, Object.fromEntries(ASKED.map((name) => [name, fields[name]])), MOST_OPEN);
    else asked.delete(socket);
  }

  private asks(packet: Event, exchange: DnsExchange): void {
    const { copies, open, teller, heldBack } = this;
    const sent = dnsQuestion("sent", exchange);
    if (!copies.isFirst(sent, packet.time)) return;
    tellPassage(teller, packet, sent, dnsQuestion("got", exchange), heldBack);
    tellDue(teller, packet, dnsQuestionDue(exchange), heldBack);
    open.asked(dnsServed(exchange), packet);
  }

  private answer(packet: Event): void {
    const exchange = exchangeOf(packet, packet.fields["source.ip"]);
    if (exchange === undefined) return;
    if (this.teller.mayMatter("dns", dnsExchangeName(exchange))) this.answers(packet, exchange);
    const asked = this.lookupOf(packet, packet.fields["destination.ip"]);
    if (asked === undefined) return;
    const lookup = dnsLookupAnswered(asked);
    if (this.copies.isFirst(`${exchange.id} ${lookup}`, packet.time)) this.teller.before(lookup, packet);
  }

  private answers(packet: Event, exchange: DnsExchange): void {
    const { copies, open, teller, heldBack } = this;
    const sent = dnsAnswer("sent", exchange);
    if (!copies.isFirst(sent, packet.time)) return;
    tellPassage(teller, packet, sent, dnsAnswer("got", exchange), heldBack);
    const served = dnsServed(exchange);
    const question = open.answered(served);
    if (question) teller.tell(served, teller.earliest(question), teller.latest(packet), packet);
  }

  /** What logs without ids may know of it. */
  private lookupOf(packet: Event, client: unknown): DnsLookup | undefined {
    const lookup = lookupOf(packet, client);
    return lookup && this.teller.mayMatter("dns", dnsLookupName(lookup)) ? lookup : undefined;
  }
}
