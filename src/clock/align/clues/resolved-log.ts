import type { Event } from "../../../model/event.js";
import type { Clue, ClueKind, ClueTaker, LookedAt } from "../clue.js";
import { dnsAnswer, dnsQuestion } from "./keys.js";
import { bound, refOf, stampWindow, type Window } from "./stamp-window.js";

/** So many transactions may be open at once. */
const MOST_OPEN = 1024;

/** A transaction of which the server is known. */
interface Transaction {
  server: string;
  window: Window;
  event: Event;
}

/**
 * systemd-resolved's own questions, at debug level (src/resolve/resolved-dns-transaction.c): a server is chosen, then the question is sent to
 * it; when its answer has come the transaction is complete. Transactions bear the ids of their packets.
 */
export const resolvedLog: ClueKind = {
  name: "dns.question",
  actions: ["resolver.forward", "resolver.answer"],
  of(source, give) {
    return source.format.startsWith("pcap") ? undefined : new ResolvedLog(source, give);
  },
};

class ResolvedLog implements ClueTaker {
  private readonly open = new Map<number, Transaction>();

  constructor(
    private readonly source: LookedAt,
    private readonly give: (clue: Clue) => void,
  ) {}

  take(event: Event): void {
    const { "dns.id": id, "dns.server.ip": server } = event.fields;
    if (typeof id !== "number") return;
    const window = stampWindow(this.source, event);
    if (!window) return;
    if (event.action === "resolver.forward") {
      if (typeof server !== "string") return;
      // Of several servers it is the last that answers.
      this.open.set(id, { server, window, event });
      bound(this.open, MOST_OPEN);
    } else this.complete(id, event, window);
  }

  end(): void {
    this.open.clear();
  }

  private complete(id: number, event: Event, { hi }: Window): void {
    const transaction = this.open.get(id);
    this.open.delete(id);
    const { "dns.question.name": name, "dns.question.type": type, "resolver.result": result } = event.fields;
    if (!transaction || result !== "success") return;
    if (typeof name !== "string" || typeof type !== "string") return;
    const exchange = { id, name, type, server: transaction.server };
    this.give({
      key: dnsQuestion("sent", exchange),
      source: this.source.source,
      lo: transaction.window.lo,
      hi: Number.POSITIVE_INFINITY,
      record: refOf(transaction.event),
    });
    this.give({
      key: dnsAnswer("got", exchange),
      source: this.source.source,
      lo: Number.NEGATIVE_INFINITY,
      hi,
      record: refOf(event),
    });
  }
}
