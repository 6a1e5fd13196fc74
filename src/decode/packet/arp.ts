import { ipv4At, macAt } from "./address.js";
import type { Frame } from "./frame.js";
import type { Wanted } from "./kinds.js";
import type { Emit } from "./transport.js";

const REQUEST = 1;
const REPLY = 2;

/**
 * ARP for IPv4 over Ethernet (RFC 826) at `frame.at`. False when it is cut; other address families and
 * operations are read, but give no event.
 */
export function decodeArp(frame: Frame, wanted: Wanted, emit: Emit): boolean {
  const { bytes, at } = frame;
  if (at + 8 > frame.end) return false;
  const ethernetAndIpv4 = frame.u16(at + 2) === 0x0800 && bytes[at + 4] === 6 && bytes[at + 5] === 4;
  if (!ethernetAndIpv4) return true;
  if (at + 28 > frame.end) return false;
  const operation = frame.u16(at + 6);
  const action = operation === REQUEST ? "arp.request" : operation === REPLY ? "arp.reply" : undefined;
  if (action === undefined || !(operation === REQUEST ? wanted.arpRequest : wanted.arpReply)) return true;
  emit(action, {
    "network.type": "arp",
    "source.mac": frame.sourceMac,
    "destination.mac": frame.destinationMac,
    "interface.name": frame.interfaceName,
    "interface.id": frame.interfaceId,
    "packet.direction": frame.direction,
    "arp.sender.ip": ipv4At(bytes, at + 14),
    "arp.sender.mac": macAt(bytes, at + 8),
    "arp.target.ip": ipv4At(bytes, at + 24),
  });
  return true;
}
