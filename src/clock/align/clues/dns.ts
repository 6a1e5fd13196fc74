import type { ClueKind } from "../clue.js";
import { DnsCalls } from "./dns-calls.js";
import { DnsPackets } from "./dns-packets.js";
import { HeldBack } from "./held-back.js";
import { isLog } from "./is-log.js";
import { isCall, Teller } from "./teller.js";

/** DNS questions and answers with their transaction ids. */
export const dnsClues: ClueKind = {
  families: ["dns.question", "dns.answer", "dns.served", "dns.lookup"],
  actions: ["dns.query", "dns.answer", ...HeldBack.actions],
  of(source, give) {
    if (isLog(source)) return undefined;
    const teller = new Teller(source, give);
    const packets = new DnsPackets(teller);
    const calls = new DnsCalls(teller);
    return { take: (event) => (isCall(event) ? calls : packets).take(event), end: () => {} };
  },
};
