import { ALL, type Step } from "../step.js";

/** The kernel's log, and those of what changes network, packet filter or clock. */
export const LOGS: readonly Step[] = [
  { for: ALL, run: "kernel_log" },
  {
    for: ALL,
    run: "journal journal/network.txt 'systemd-networkd NetworkManager' 'systemd-networkd NetworkManager'",
  },
  {
    for: ["dns", "nat"],
    run: "journal journal/firewall.txt 'firewalld nftables iptables ufw' 'firewalld nft iptables ufw'",
  },
  {
    for: ALL,
    run: "journal journal/time.txt 'chronyd chrony systemd-timesyncd ntp ntpd ntpsec' 'chronyd systemd-timesyncd ntpd'",
  },
  {
    for: ALL,
    run: "journal journal/collectors.txt 'systemd-journald rsyslog' 'systemd-journald rsyslogd'",
  },
];
