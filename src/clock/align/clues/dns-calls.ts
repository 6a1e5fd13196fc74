import type { Event } from "../../../model/event.js";
import { exchangeOf, lookupOf, OpenQuestions } from "./dns-exchange.js";
import {
  type DnsExchange,
  dnsAnswer,
  dnsLookupAnswered,
  dnsLookupGot,
  dnsQuestion,
  dnsQuestionDue,
  dnsServed,
} from "./keys.js";
import type { Teller } from "./teller.js";

/** DNS messages as a traced client sends and reads them. */
export class DnsCalls {
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
    if (!teller.stamped) teller.before(dnsQuestionDue(exchange), call);
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
