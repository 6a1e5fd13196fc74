import type { Leg, Lookup } from "./leg.js";
import type { ResolverOptions } from "./resolver-options.js";

/** For each host. */
const MAX_CLIENTS = 10_000;

/**
 * How long clients wait for an answer, learned from what they did and from resolv.conf: µs. Two hosts may have clients of one address
 * (each has its 172.17.0.2), so all is known by host.
 */
export class ClientWaits {
  private readonly byHost = new Map<ResolverOptions, Map<string, number>>();

  /** @param optionsOf the resolver options of the host that a source is of */
  constructor(private readonly optionsOf: (source: number) => ResolverOptions) {}

  /** The wait of a leg's client: its own, that of its look-up's other legs, of the client, resolv.conf's, 5 s. */
  of(leg: Leg): number {
    if (leg.waitMs !== undefined) return leg.waitMs * 1000;
    if (leg.gaveUp > leg.asked) return leg.gaveUp - leg.asked;
    if (leg.lookup !== undefined) {
      for (const other of leg.lookup.legs) if (other.gaveUp > other.asked) return other.gaveUp - other.asked;
    }
    const client = leg.clients[0];
    const options = this.optionsFor(leg);
    return (client === undefined ? undefined : this.byHost.get(options)?.get(client)) ?? options.wait;
  }

  /** Takes note of how long a client waited before it asked again. */
  learn(lookup: Lookup): void {
    for (const leg of lookup.legs) {
      const client = leg.clients[0];
      if (client === undefined || !(leg.gaveUp > leg.asked)) continue;
      const known = this.clientsOf(this.optionsFor(leg));
      if (known.size >= MAX_CLIENTS) continue;
      const wait = leg.gaveUp - leg.asked;
      known.set(client, Math.max(wait, known.get(client) ?? 0));
    }
  }

  private optionsFor(leg: Leg): ResolverOptions {
    return this.optionsOf(leg.asks[0]!.source);
  }

  private clientsOf(options: ResolverOptions): Map<string, number> {
    let known = this.byHost.get(options);
    if (known === undefined) this.byHost.set(options, (known = new Map()));
    return known;
  }
}
