import type { Event } from "../../../model/event.js";
import { list } from "../assembled.js";
import type { Leg, Lookup } from "./leg.js";
import { DEFAULT_WAIT } from "./timing.js";

const MAX_CLIENTS = 10_000;

/** How long clients wait for an answer, learned from what they did and from resolv.conf: µs. */
export class ClientWaits {
  private readonly byClient = new Map<string, number>();
  private configured = DEFAULT_WAIT;

  /** The wait of a leg's client: its own, that of its look-up's other legs, of the client, resolv.conf's, 5 s. */
  of(leg: Leg): number {
    if (leg.waitMs !== undefined) return leg.waitMs * 1000;
    if (leg.gaveUp > leg.asked) return leg.gaveUp - leg.asked;
    if (leg.lookup !== undefined) {
      for (const other of leg.lookup.legs) if (other.gaveUp > other.asked) return other.gaveUp - other.asked;
    }
    const client = leg.clients[0];
    return (client === undefined ? undefined : this.byClient.get(client)) ?? this.configured;
  }

  /** Takes note of how long a client waited before it asked again. */
  learn(lookup: Lookup): void {
    for (const leg of lookup.legs) {
      const client = leg.clients[0];
      if (client === undefined || !(leg.gaveUp > leg.asked) || this.byClient.size >= MAX_CLIENTS) continue;
      const wait = leg.gaveUp - leg.asked;
      this.byClient.set(client, Math.max(wait, this.byClient.get(client) ?? 0));
    }
  }

  /** `options timeout:N` of a resolv.conf; the longest of several counts. */
  learnOptions(event: Event): void {
    for (const option of list(event, "resolver.options")) {
      const seconds = /^timeout:([0-9]{1,3})$/.exec(option)?.[1];
      if (seconds !== undefined) this.configured = Math.max(Math.min(Number(seconds), 30) * 1e6, 1e6);
    }
  }
}
