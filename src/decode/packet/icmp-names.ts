/** ICMP codes of "destination unreachable" (RFC 792, RFC 1812) in tcpdump's words, without the addresses. */
const UNREACHABLE = [
  "net unreachable",
  "host unreachable",
  "protocol unreachable",
  "port unreachable",
  "need to frag",
  "source route failed",
  "net unknown",
  "host unknown",
  "source host isolated",
  "admin prohibited",
  "admin prohibited",
  "net unreachable for tos",
  "host unreachable for tos",
  "admin prohibited",
  "host precedence violation",
  "precedence cutoff",
];

const ICMP: Record<number, string> = {
  0: "echo reply",
  4: "source quench",
  5: "redirect",
  8: "echo request",
  9: "router advertisement",
  10: "router solicitation",
  12: "parameter problem",
  13: "time stamp query",
  14: "time stamp reply",
  17: "address mask request",
  18: "address mask reply",
};

/** RFC 4443, 3.1. */
const UNREACHABLE6 = [
  "net unreachable",
  "admin prohibited",
  "beyond scope",
  "host unreachable",
  "port unreachable",
  "source address failed policy",
  "reject route",
];

const ICMPV6: Record<number, string> = {
  2: "packet too big",
  4: "parameter problem",
  128: "echo request",
  129: "echo reply",
  130: "multicast listener query",
  131: "multicast listener report",
  132: "multicast listener done",
  133: "router solicitation",
  134: "router advertisement",
  135: "neighbor solicitation",
  136: "neighbor advertisement",
  137: "redirect",
  143: "multicast listener report v2",
};

/**
 * `icmp.name` of an ICMP (or, with `v6`, ICMPv6) type and code. `transport` is the quoted packet's: tcpdump says
 * `udp port unreachable`. Unassigned ones are `type N`.
 */
export function icmpName(type: number, code: number, v6: boolean, transport: string | undefined): string {
  const unreachable = type === (v6 ? 1 : 3);
  const exceeded = type === (v6 ? 3 : 11);
  let name: string | undefined;
  if (unreachable) name = (v6 ? UNREACHABLE6 : UNREACHABLE)[code] ?? "unreachable";
  else if (exceeded) name = code === 1 ? "reassembly time exceeded" : "time exceeded";
  else name = (v6 ? ICMPV6 : ICMP)[type];
  if (name === "port unreachable" && transport !== undefined) return `${transport} ${name}`;
  return name ?? `type ${type}`;
}
