import type { Fields } from "../../model/event.js";

/** Fields of an ARP packet's text. */
export function arpFields(captured: Fields): Fields {
  const name = captured["interface.name"];
  return {
    "network.type": "arp",
    "source.mac": captured["source.mac"],
    "destination.mac": captured["destination.mac"],
    // "?" is tcpdump's name for an index that the reading machine does not have.
    "interface.name": name === "?" ? undefined : name,
    "interface.id": captured["interface.id"],
    "packet.direction": captured["packet.direction"],
    "arp.sender.ip": captured["arp.sender.ip"],
    "arp.sender.mac": captured["arp.sender.mac"],
    "arp.target.ip": captured["arp.target.ip"],
  };
}
