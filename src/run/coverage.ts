import type { Coverage, CoverageKind } from "../timeline/topology/coverage.js";

const SNAPSHOTS = new Set(["resolv-conf", "iptables-save", "ip-addr"]);

/** What a format's records can prove by their absence. */
export function coverageKind(format: string): CoverageKind {
  if (format === "pcap" || format === "pcapng" || /^t(cpdump|shark)/.test(format)) return "packets";
  if (format.startsWith("strace")) return "strace";
  return SNAPSHOTS.has(format) ? "snapshot" : "log";
}

const PACKETS: CoverageKind[] = ["packets"];
const LOGS: CoverageKind[] = ["log"];

/** Which kinds of source show an event, by the first word of its action; everything else is in logs. */
const SHOWN_BY: Record<string, CoverageKind[]> = {
  dns: ["packets", "strace"],
  tcp: ["packets"],
  udp: ["packets"],
  icmp: ["packets"],
  arp: ["packets"],
  packet: ["packets"],
  socket: ["strace"],
  process: ["strace"],
};

/**
 * Would events of this action (or category) be in the evidence, had there been any between `from` and `to` (µs UTC)? Which of several
 * logs would have an event is not known: all of them must cover the time.
 */
export function coversKind(coverage: Coverage, action: string, from: number, to: number): boolean {
  const kinds = kindsThatShow(action);
  if (kinds === undefined) return coverage.coversAll("log", from, to);
  return kinds.some((kind) => coverage.coversAny(kind, from, to));
}

/** Where {@link coversKind} says no: the gap in a source that would have shown the event, in words, if it is for want of that. */
export function gapOfKind(coverage: Coverage, action: string, from: number, to: number): string | undefined {
  for (const kind of kindsThatShow(action) ?? LOGS) {
    const text = coverage.gapTextAmong(kind, from, to);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** `undefined`: logs. */
const kindsThatShow = (action: string): CoverageKind[] | undefined =>
  SHOWN_BY[action.split(".")[0]!] ?? (action === "network" ? PACKETS : undefined);
