import type { CoverageKind } from "../timeline/topology/coverage.js";

const SNAPSHOTS = new Set(["resolv-conf", "iptables-save", "ip-addr"]);

/** What a format's records can prove by their absence. */
export function coverageKind(format: string): CoverageKind {
  if (format === "pcap" || format === "pcapng" || format.startsWith("tcpdump")) return "packets";
  if (format.startsWith("strace")) return "strace";
  return SNAPSHOTS.has(format) ? "snapshot" : "log";
}
