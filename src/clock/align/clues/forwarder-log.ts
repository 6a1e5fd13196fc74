import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker } from "../clue.js";
import { dnsAnswer, dnsAsked, dnsQuestion } from "./keys.js";
import { Teller } from "./teller.js";

/** So many transactions may be open at once. */
const MOST_OPEN = 1024;

/**
 * What resolvers say of questions that they ask others:
 *
 * - systemd-resolved at debug level (src/resolve/resolved-dns-transaction.c): a server is chosen, then the question is sent to
 *   it; when its answer has come the transaction is complete. Transactions bear the ids of their packets.
 * - docker's embedded resolver at debug level (libnetwork, resolver.go): the line with the socket is written, then the question is sent.
 */
export const forwarderLog: ClueKind = {
  name: "dns.question",
  actions: ["resolver.forward", "resolver.answer"],
  of(source, give) {
    return source.format.startsWith("pcap") ? undefined : new ForwarderLog(new Teller(source, give));
  },
};

class ForwarderLog implements ClueTaker {
  /** The choice of a server by the transaction's id. */
  private readonly open = new Map<number, Event>();

  constructor(private readonly teller: Teller) {}

  take(event: Event): void {
    const { "dns.id": id, "dns.server.ip": server } = event.fields;
    if (typeof id !== "number") {
      if (event.action === "resolver.forward") this.asked(event);
    } else if (event.action === "resolver.answer") this.complete(id, event);
    else if (typeof server === "string") {
      // Of several servers it is the last that answers.
      this.open.delete(id);
      this.open.set(id, event);
      if (this.open.size > MOST_OPEN) this.open.delete(this.open.keys().next().value!);
    }
  }

  end(): void {
    this.open.clear();
  }

  private asked(event: Event): void {
    const {
      "dns.question.name": name,
      "dns.question.type": type,
      "source.ip": client,
      "source.port": port,
    } = event.fields;
    if (typeof name !== "string" || typeof type !== "string") return;
    if (typeof client !== "string" || typeof port !== "number") return;
    this.teller.after(dnsAsked("sent", { name, type, client, port }), event);
  }

  private complete(id: number, event: Event): void {
    const chosen = this.open.get(id);
    this.open.delete(id);
    const { "dns.question.name": name, "dns.question.type": type, "resolver.result": result } = event.fields;
    const server = chosen?.fields["dns.server.ip"];
    if (chosen === undefined || result !== "success") return;
    if (typeof name !== "string" || typeof type !== "string" || typeof server !== "string") return;
    const exchange = { id, name, type, server };
    this.teller.after(dnsQuestion("sent", exchange), chosen);
    this.teller.before(dnsAnswer("got", exchange), event);
  }
}
