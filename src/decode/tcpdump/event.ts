import type { Event, Fields } from "../../model/event.js";
import { DISSECTED, packetOf } from "../tshark/record.js";
import { arpFields } from "./arp.js";
import { ipFields } from "./fields.js";

/**
 * Turns the event that the tcpdump grammar gave for a line (`packet.ip`, `packet.arp_request`, …) into the event
 * that the packet itself would have given (docs/FIELDS.md): same kind, same fields, as far as the text shows them.
 * The place and the time stay. Gives `undefined` for what is no packet of ours (spanning tree, LLDP, …).
 */
export function toPacketEvent(event: Event): Event | undefined {
  const read = readPacket(event.action, event.fields);
  if (read === undefined) return undefined;
  const { source, line, offset, length, time, ns, latest } = event;
  const packet: Event = { source, line, offset, length, time, ns, latest, category: "network", ...read };
  if (event.stamped !== undefined) packet.stamped = event.stamped;
  return packet;
}

/** The same for fields alone: the kind of event and its fields. */
export function readPacket(action: string, captured: Fields): { action: string; fields: Fields } | undefined {
  switch (action) {
    case "packet.ip":
    case "packet.ip_link":
    case "packet.ip_bare":
    case "packet.ip_quiet":
      return ipFields(captured);
    case "packet.arp_request":
      return { action: "arp.request", fields: arpFields(captured) };
    case "packet.arp_reply":
      return { action: "arp.reply", fields: arpFields(captured) };
    case DISSECTED:
      return packetOf(captured);
    default:
      return undefined;
  }
}
