import type { Event } from "../../../model/event.js";
import { text } from "../assembled.js";
import type { MacChanges } from "./mac-changes.js";

/**
 * Adds to a `dns.leg` that nobody answered the MAC address that its frame went to, as `bridge.mac.old`, where that is one which a bridge
 * had given up by then: a capture on one interface, in a container, shows no more of the packet's way, and this is enough.
 */
export function nameStranded(event: Event, bridges: MacChanges): void {
  const { action, fields, cites } = event;
  if (action !== "dns.leg" || fields["dns.outcome"] !== "timeout") return;
  for (const sent of cites ?? []) {
    const mac = sent.action === "dns.query" ? text(sent, "destination.mac") : undefined;
    if (mac === undefined) continue;
    if (bridges.isStray(mac, sent.time)) fields["bridge.mac.old"] = mac;
    return;
  }
}
