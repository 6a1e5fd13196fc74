/** What strace's records are; other programs tell of processes, too. */
export const OF_STRACE: ReadonlySet<string> = new Set([
  "process.syscall",
  "process.signal",
  "process.exit",
  "process.attached",
  "process.detached",
]);

/** Kinds of record that grammars name and that go no further than the adapters; and of what they make, by the first words. */
const MADE_OF: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...OF_STRACE].map((action) => [action, "`dns.*` and `socket.*`"])),
  "packet.ip": "`dns.*`, `tcp.segment`, `udp.datagram` and `icmp.message`",
  "packet.ip_link": "`dns.*`, `tcp.segment`, `udp.datagram` and `icmp.message`",
  "packet.ip_bare": "`dns.*`, `tcp.segment`, `udp.datagram` and `icmp.message`",
  "packet.ip_quiet": "`tcp.segment` and `udp.datagram`",
  "packet.arp_request": "`arp.request`",
  "packet.arp_reply": "`arp.reply`",
  "packet.other": "nothing",
  "monitor.timestamp": "the times of the records behind it",
};

/**
 * What is made of a kind of record that rules are never offered: a trace's calls, a packet's text as it was written.
 * @returns words for it; `undefined` where the records themselves are offered
 */
export const madeOf = (action: string): string | undefined =>
  Object.hasOwn(MADE_OF, action) ? MADE_OF[action] : undefined;
