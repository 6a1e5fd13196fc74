import type { Step } from "../step.js";

const DNS: Step["for"] = ["dns", "registry"];

/** Who is asked for names. resolvectl asks over the bus, which starts systemd-resolved where it does not run. */
export const RESOLVER: readonly Step[] = [
  { for: ["dns", "nat", "registry"], file: "etc/resolv.conf", run: "cat /etc/resolv.conf" },
  { for: DNS, file: "etc/hosts", run: "cat /etc/hosts" },
  {
    for: DNS,
    file: "etc/nsswitch.conf",
    run: "cat /etc/nsswitch.conf",
    only: { there: "/etc/nsswitch.conf" },
  },
  { for: DNS, file: "resolvectl.txt", run: "resolvectl status", only: { running: "systemd-resolve" } },
];

/** What resolvers wrote. */
export const RESOLVER_LOGS: readonly Step[] = [
  {
    for: DNS,
    run: "journal journal/resolver.txt 'systemd-resolved dnsmasq named bind9 unbound nscd' 'systemd-resolved dnsmasq named unbound nscd'",
  },
];
