import { ipv4At, ipv6At } from "./address.js";
import { type IcmpSaid, icmpFields, type Quoted } from "./fields.js";
import type { Frame } from "./frame.js";
import { icmpName } from "./icmp-names.js";
import { PROTOCOL } from "./network.js";
import type { Emit } from "./transport.js";

/** Transport names by IP protocol number, as ECS `network.transport` has them. */
export function transportName(protocol: number): string | undefined {
  switch (protocol) {
    case PROTOCOL.TCP:
      return "tcp";
    case PROTOCOL.UDP:
      return "udp";
    case PROTOCOL.ICMP:
      return "icmp";
    case PROTOCOL.ICMPV6:
      return "ipv6-icmp";
    default:
      return undefined;
  }
}

/** ICMP (RFC 792) or, with `v6`, ICMPv6 (RFC 4443) at `frame.at`. False when its header was cut. */
export function decodeIcmp(frame: Frame, v6: boolean, emit: Emit): boolean {
  const at = frame.at;
  if (at + 4 > frame.end) return false;
  const type = frame.bytes[at]!;
  const code = frame.bytes[at + 1]!;
  const error = v6 ? type < 128 : type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
  const echo = v6 ? type === 128 || type === 129 : type === 0 || type === 8;
  const tooBig = v6 ? type === 2 : type === 3 && code === 4;
  const rest = at + 8 <= frame.end;
  const quoted = error && rest ? readQuoted(frame, at + 8) : undefined;
  const said: IcmpSaid = {
    type,
    code,
    name: icmpName(type, code, v6, quoted?.transport),
    id: echo && rest ? frame.u16(at + 4) : undefined,
    seq: echo && rest ? frame.u16(at + 6) : undefined,
    // Routers older than RFC 1191 leave 0.
    mtu: tooBig && rest ? (v6 ? frame.u32(at + 4) : frame.u16(at + 6)) || undefined : undefined,
    original: quoted,
  };
  emit("icmp.message", icmpFields(frame, v6, said));
  return true;
}

function readQuoted(frame: Frame, at: number): Quoted | undefined {
  const { bytes, end } = frame;
  if (at >= end) return undefined;
  const version = bytes[at]! >>> 4;
  if (version === 4 && at + 20 <= end) {
    const header = (bytes[at]! & 15) * 4;
    const first = (frame.u16(at + 6) & 0x1fff) === 0;
    return quotedPacket(
      frame,
      ipv4At(bytes, at + 12),
      ipv4At(bytes, at + 16),
      bytes[at + 9]!,
      first ? at + header : end,
    );
  }
  if (version === 6 && at + 40 <= end) {
    return quotedPacket(frame, ipv6At(bytes, at + 8), ipv6At(bytes, at + 24), bytes[at + 6]!, at + 40);
  }
  return undefined;
}

function quotedPacket(
  frame: Frame,
  source: string,
  destination: string,
  protocol: number,
  at: number,
): Quoted {
  const ports = (protocol === PROTOCOL.UDP || protocol === PROTOCOL.TCP) && at + 4 <= frame.end;
  return {
    sourceIp: source,
    destinationIp: destination,
    transport: transportName(protocol),
    sourcePort: ports ? frame.u16(at) : undefined,
    destinationPort: ports ? frame.u16(at + 2) : undefined,
  };
}
