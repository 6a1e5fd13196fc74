import type { Event } from "../../../model/event.js";
import type { Topology } from "../../topology/topology.js";
import { assembled } from "../assembled.js";
import type { Verdict } from "./ladder.js";

/** A packet's way, read from its copies. */
export interface Passage {
  verdict: Verdict;
  events: readonly Event[];
  client: string;
  destination: string;
  /** Both as numbers. */
  from: number;
  to: number;
}

/**
 * A `packet.passage`.
 *
 * @param basis why it should have been translated; without one, it should not
 * @param silentHop the next hop that did not answer while the packet waited for it
 */
export function passageEvent(
  passage: Passage,
  topology: Topology,
  basis?: string,
  silentHop?: string,
): Event {
  const { verdict, events, client, destination, from } = passage;
  const first = events[0]!;
  const { time, fields } = first;
  return assembled(
    "packet.passage",
    "network",
    {
      "source.ip": client,
      "source.port": fields["source.port"],
      "destination.ip": destination,
      "destination.port": fields["destination.port"],
      "network.transport": fields["network.transport"],
      "dns.question.name": fields["dns.question.name"],
      "passage.hops": verdict.hops,
      "passage.hop": silentHop === undefined ? verdict.hop : "forwarding",
      "passage.bridge": verdict.bridge ?? topology.behind(from, time)?.bridge,
      "passage.port": topology.ports.of(from, time),
      "passage.translated": verdict.outcome === "translated" || verdict.outcome === "reply-not-delivered",
      "passage.nat_expected": basis !== undefined,
      "passage.nat_basis": basis,
      "passage.source_on_wire": verdict.sourceOnWire,
      "passage.outcome": silentHop === undefined ? verdict.outcome : "next-hop-silent",
      "passage.next_hop": silentHop,
      "sysctl.name":
        silentHop === undefined && verdict.outcome === "not-forwarded" ? topology.forwarding.off : undefined,
    },
    time,
    events[events.length - 1]!.time,
    events,
  );
}
