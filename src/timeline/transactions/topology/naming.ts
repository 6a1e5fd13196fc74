import type { Event } from "../../../model/event.js";
import { parseIPv4 } from "../../topology/addresses.js";
import type { Topology } from "../../topology/topology.js";
import { number, text } from "../assembled.js";

/** The transactions of which `source.ip` is a client that may be a container. */
const OF_CLIENTS: ReadonlySet<string> = new Set([
  "dns.leg",
  "dns.lookup",
  "packet.passage",
  "tcp.connect",
  "tcp.stall",
]);

/**
 * Adds to a transaction which container or pod its `source.ip` was when it began, and behind which bridge: `container.name`,
 * `container.id`, `kubernetes.pod.name`, `kubernetes.namespace`, `bridge.name`. What is not known, or not for sure, is not added.
 */
export function nameClient(event: Event, topology: Topology): void {
  if (!OF_CLIENTS.has(event.action)) return;
  nameBridge(event);
  if (topology.knowsNoClients) return;
  const source = text(event, "source.ip");
  const address = source === undefined ? undefined : parseIPv4(source);
  if (address === undefined) return;
  const { fields } = event;
  const time = number(event, "event.start") ?? event.time;
  const client = topology.containers.at(address, time);
  if (client?.name !== undefined) fields["container.name"] = client.name;
  if (client?.id !== undefined) fields["container.id"] = client.id;
  if (client?.pod !== undefined) fields["kubernetes.pod.name"] = client.pod;
  if (client?.namespace !== undefined) fields["kubernetes.namespace"] = client.namespace;
  const bridge = topology.behind(address, time)?.bridge;
  if (bridge !== undefined) fields["bridge.name"] = bridge;
}

/** The bridge that a packet was seen to pass; of some captures only its interface's index is known. */
function nameBridge({ fields }: Event): void {
  const seen = fields["passage.bridge"];
  if (typeof seen === "string" && !seen.startsWith("ifindex ")) fields["bridge.name"] = seen;
}
