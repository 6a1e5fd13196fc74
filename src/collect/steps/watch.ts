import { PROBLEMS, type Problem } from "../options.js";
import type { Step } from "../step.js";

/** Beginnings and ends of TCP connections, of both versions of IP: `tcp[…]` alone knows version 4 only (pcap-filter(7)). */
const TCP_ENDS =
  "tcp[tcpflags] & (tcp-syn|tcp-fin|tcp-rst) != 0 or (ip6 and ip6[6] == 6 and ip6[53] & 7 != 0)";
/** Name servers over UDP and TCP, later fragments of large answers, neighbours, and what the network refuses. */
const NAMES = "port 53 or arp or icmp or icmp6 or (ip[6:2] & 0x1fff != 0)";
/** The ports on which registries and proxies are. */
const REGISTRIES = "tcp port 443 or tcp port 80 or tcp port 5000 or tcp port 3128 or tcp port 8080";

/** One packet capture. */
interface Capture {
  name: string;
  /** Bytes kept of each packet: DNS messages whole, of others the headers. */
  snaplen: number;
  filter: string;
}

/** Which captures are needed. Payload of registries is of no use, so their packets are cut in a capture of its own. */
export function capturesFor(problems: readonly Problem[]): Capture[] {
  const connections = problems.includes("nat") ? ` or ${TCP_ENDS}` : "";
  if (!problems.includes("registry"))
    return [{ name: "packets", snaplen: 4096, filter: NAMES + connections }];
  return [
    { name: "names", snaplen: 4096, filter: NAMES },
    // Refusals are told of connections too: both captures have them.
    {
      name: "connections",
      snaplen: 160,
      filter: `tcp and not port 53 and (${REGISTRIES} or ${TCP_ENDS}) or icmp`,
    },
  ];
}

/** What is watched for a while, beside packets. */
export const WATCHES: readonly Step[] = [
  {
    for: ["dns", "nat"],
    run: "loaded nf_conntrack_netlink watch_one network/conntrack_E.txt conntrack -E -o timestamp",
  },
  { for: PROBLEMS, run: "watch_one network/ip_monitor.txt ip -ts monitor link neigh" },
];
