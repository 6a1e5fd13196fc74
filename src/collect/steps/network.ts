import { ALL, type Step } from "../step.js";

const SYSCTLS = [
  "net.ipv4.ip_forward",
  "net.ipv4.ip_forward_use_pmtu",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.conf.*.forwarding",
  "net.ipv4.conf.*.rp_filter",
  "net.ipv4.conf.*.log_martians",
  "net.ipv4.neigh.default.gc_thresh*",
  "net.ipv6.conf.all.forwarding",
  "net.bridge.bridge-nf-call-*tables",
  "net.netfilter.nf_conntrack_count",
  "net.netfilter.nf_conntrack_max",
  "net.netfilter.nf_conntrack_*_timeout*",
];

/** Interfaces, addresses, routes, neighbours, bridges: by them packets are followed through the host. */
export const NETWORK: readonly Step[] = [
  { for: ALL, file: "network/ip_addr.txt", run: "ip -s -d addr", or: "ip addr" },
  { for: ALL, file: "network/ip_route.txt", run: "ip route show table all" },
  { for: ALL, file: "network/ip_rule.txt", run: "ip rule" },
  { for: ALL, file: "network/ip_neigh.txt", run: "ip -s neigh show", or: "ip neigh show" },
  {
    for: ["nat"],
    file: "network/bridge_fdb.txt",
    run: "bridge fdb show",
    only: { there: "/sys/module/bridge" },
  },
  {
    for: ["nat"],
    file: "network/bridge_link.txt",
    run: "bridge -d link",
    only: { there: "/sys/module/bridge" },
  },
  { for: ALL, run: `sysctls network/sysctl.txt ${SYSCTLS.map((name) => `'${name}'`).join(" ")}` },
  { for: ["nat", "registry"], file: "network/nstat.txt", run: "nstat -az" },
  { for: ["nat"], run: "offloads" },
];

/**
 * The packet filter. `iptables -L` loads modules, `-save` of the old kind reads the tables that /proc/net names and no others
 * (iptables/iptables-save.c); what speaks to nf_tables or conntrack over netlink loads it (Linux, net/netfilter/nfnetlink.c, nfnetlink_rcv_msg).
 */
export const FILTER: readonly Step[] = [
  { for: ["dns", "nat"], file: "network/nft.txt", run: "nft list ruleset", only: { loaded: "nf_tables" } },
  { for: ["dns", "nat"], run: "packet_filter iptables /proc/net/ip_tables_names" },
  { for: ["dns", "nat"], run: "packet_filter ip6tables /proc/net/ip6_tables_names" },
  {
    for: ["dns", "nat"],
    file: "network/conntrack.txt",
    run: "conntrack -L",
    only: { loaded: "nf_conntrack_netlink" },
  },
  {
    for: ["dns", "nat"],
    file: "network/conntrack_S.txt",
    run: "conntrack -S",
    only: { loaded: "nf_conntrack_netlink" },
  },
];

/** Sockets. `ss` loads the modules that it asks (Linux, net/core/sock_diag.c, __sock_diag_cmd); /proc says less, and is always there. */
export const SOCKETS: readonly Step[] = [
  { for: ALL, file: "network/ss_listening.txt", run: "ss -ltunp", only: { loaded: "tcp_diag udp_diag" } },
  { for: ["registry"], file: "network/ss.txt", run: "ss -tino", only: { loaded: "tcp_diag" } },
  { for: ALL, file: "network/proc_net_tcp.txt", run: "cat /proc/net/tcp", only: { unloaded: "tcp_diag" } },
  { for: ALL, file: "network/proc_net_udp.txt", run: "cat /proc/net/udp", only: { unloaded: "udp_diag" } },
];

/** Counters that tell by how much they grew. */
export const COUNTERS_END: readonly Step[] = [
  {
    for: ["dns", "nat"],
    file: "network/conntrack_S_end.txt",
    run: "conntrack -S",
    only: { loaded: "nf_conntrack_netlink" },
  },
];
