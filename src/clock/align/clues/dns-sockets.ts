import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker } from "../clue.js";
import { Copies } from "./copies.js";
import { dnsAsked } from "./keys.js";
import { tellPassage } from "./sender.js";
import { Teller } from "./teller.js";

/** Sources whose records are packets. */
const PACKETS = /^(?:pcap|tcpdump|tshark)/;

/**
 * Questions and answers on the wire by the socket that asked: what resolvers' logs name that print no transaction id. A capture saw a question
 * before it was there, and after it was sent; an answer, after it was sent.
 */
export const dnsSockets: ClueKind = {
  families: ["dns.asked"],
  actions: ["dns.query", "dns.answer"],
  of(source, give) {
    return PACKETS.test(source.format) ? new DnsSockets(new Teller(source, give)) : undefined;
  },
};

class DnsSockets implements ClueTaker {
  private readonly copies = new Copies();

  constructor(private readonly teller: Teller) {}

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
    if (!this.copies.isFirst(`${event.action} ${name} ${type} ${client} ${port}`, event.time)) return;
    const asked = { name, type, client, port };
    if (isQuestion) tellPassage(this.teller, event, dnsAsked("sent", asked), dnsAsked("got", asked));
    else {
      this.teller.before(dnsAsked("answered", asked), event);
      this.teller.after(dnsAsked("heard", asked), event);
    }
  }

  end(): void {}
}
