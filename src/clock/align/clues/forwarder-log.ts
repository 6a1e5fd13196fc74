import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker } from "../clue.js";
import { isLog } from "./is-log.js";
import { type DnsAsked, dnsAnswer, dnsAsked, dnsQuestion } from "./keys.js";
import { remember } from "./remember.js";
import { Teller } from "./teller.js";

/** So many questions may be open at once. */
const MOST_OPEN = 1024;

/**
 * What resolvers say of questions that they ask others:
 *
 * - systemd-resolved at debug level (src/resolve/resolved-dns-transaction.c): a server is chosen, then the question is sent to
 *   it; when its answer has come the transaction is complete. Transactions bear the ids of their packets.
 * - docker's embedded resolver at debug level (libnetwork, resolver.go): the line with the socket is written, then the question is
 *   sent; what came back is written down when it is there.
 */
export const forwarderLog: ClueKind = {
  families: ["dns.question", "dns.answer", "dns.asked"],
  actions: ["resolver.forward", "resolver.answer"],
  of(source, give) {
    if (!isLog(source)) return undefined;
    const teller = new Teller(source, give);
    const transactions = new Transactions(teller);
    const sockets = new Sockets(teller);
    return {
      take: (event) => (event.fields["dns.id"] === undefined ? sockets : transactions).take(event),
      end: () => {},
    };
  },
};

/** systemd-resolved's. */
class Transactions implements Pick<ClueTaker, "take"> {
  /** The choice of a server by the transaction's id. */
  private readonly open = new Map<unknown, Event>();

  constructor(private readonly teller: Teller) {}

  take(event: Event): void {
    const { "dns.id": id, "dns.server.ip": server } = event.fields;
    if (event.action === "resolver.answer") this.complete(event);
    else if (typeof server === "string") {
      // Of several servers it is the last that answers.
      this.open.delete(id);
      remember(this.open, id, event, MOST_OPEN);
    }
  }

  private complete(event: Event): void {
    const {
      "dns.id": id,
      "dns.question.name": name,
      "dns.question.type": type,
      "resolver.result": result,
    } = event.fields;
    const chosen = this.open.get(id);
    this.open.delete(id);
    const server = chosen?.fields["dns.server.ip"];
    if (chosen === undefined || result !== "success" || typeof id !== "number") return;
    if (typeof name !== "string" || typeof type !== "string" || typeof server !== "string") return;
    const exchange = { id, name, type, server };
    this.teller.after(dnsQuestion("sent", exchange), chosen);
    this.teller.before(dnsAnswer("got", exchange), event);
  }
}

/** docker's. */
class Sockets implements Pick<ClueTaker, "take"> {
  /** Questions that were not answered yet, by server and name. */
  private readonly open = new Map<string, DnsAsked[]>();

  constructor(private readonly teller: Teller) {}

  take(event: Event): void {
    const {
      "dns.server.ip": server,
      "dns.question.name": name,
      "dns.question.type": type,
      "source.ip": client,
      "source.port": port,
    } = event.fields;
    if (typeof name !== "string") return;
    const key = `${server} ${name}`;
    const open = this.open.get(key) ?? [];
    if (event.action === "resolver.forward") {
      if (typeof type !== "string" || typeof client !== "string" || typeof port !== "number") return;
      const asked = { name, type, client, port };
      this.teller.after(dnsAsked("sent", asked), event);
      // Three are as ambiguous as many.
      remember(this.open, key, [...open, asked].slice(-3), MOST_OPEN);
      return;
    }
    const [asked, ...others] = type === undefined ? open : open.filter((one) => one.type === type);
    if (asked === undefined || others.length > 0) return;
    this.open.set(
      key,
      open.filter((one) => one !== asked),
    );
    this.teller.before(dnsAsked("heard", asked), event);
  }
}
