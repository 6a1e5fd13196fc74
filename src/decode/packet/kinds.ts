/**
 * Kinds of packets a caller can ask for: the `event.action` of what they give, and `tcp.data` for the TCP
 * segments without SYN, FIN or RST, which are most of a capture and seldom of interest. `http.message` is given beside
 * the segment that begins the message, and only to those who ask for it by name.
 */
export const PACKET_KINDS = [
  "dns.query",
  "dns.answer",
  "tcp.segment",
  "tcp.data",
  "http.message",
  "udp.datagram",
  "icmp.message",
  "arp.request",
  "arp.reply",
  "ip.packet",
] as const;
export type PacketKind = (typeof PACKET_KINDS)[number];

/** Which kinds are wanted, as plain properties: asked once per capture, read once per packet. */
export interface Wanted {
  query: boolean;
  answer: boolean;
  handshake: boolean;
  data: boolean;
  http: boolean;
  datagram: boolean;
  icmp: boolean;
  arpRequest: boolean;
  arpReply: boolean;
  other: boolean;
}

/** Asks `wants` about each kind; without it all are wanted but `http.message`, which tells of a segment a second time. */
export function wantedKinds(wants?: (kind: PacketKind) => boolean): Wanted {
  const ask = wants ?? (() => true);
  return {
    query: ask("dns.query"),
    answer: ask("dns.answer"),
    handshake: ask("tcp.segment"),
    data: ask("tcp.data") && ask("tcp.segment"),
    http: wants?.("http.message") === true,
    datagram: ask("udp.datagram"),
    icmp: ask("icmp.message"),
    arpRequest: ask("arp.request"),
    arpReply: ask("arp.reply"),
    other: ask("ip.packet"),
  };
}
