import type { FieldValue } from "../../model/event.js";

/** What exchanges may differ in and still be told alike: each combination of these is kept once. */
export type Dimension = "server" | "client" | "type";

/** What is known beforehand of a field. */
export type Possible =
  | { readonly is: "absent" }
  | { readonly is: "known"; readonly value: FieldValue }
  /** A number in [from, below). */
  | { readonly is: "between"; readonly from: number; readonly below: number }
  /** Some text, the same for all exchanges that agree in the dimension. */
  | { readonly is: "shared"; readonly dimension: Dimension }
  | { readonly is: "anything" };

/** What every event of a kind has in common, when it comes of a plain exchange. Of fields that are not named, anything may be. */
export interface Portrait {
  readonly action: string;
  readonly category: string;
  readonly fields: Readonly<Record<string, Possible>>;
}

/** A plain exchange's answer comes in less than this: µs. */
export const MOST_SPAN = 100_000;

export const ABSENT: Possible = { is: "absent" };
export const SERVER: Possible = { is: "shared", dimension: "server" };
export const CLIENT: Possible = { is: "shared", dimension: "client" };
export const TYPE: Possible = { is: "shared", dimension: "type" };
export const known = (value: FieldValue): Possible => ({ is: "known", value });

/** An event of the network that DNS messages give, or that is made of them. */
export const dnsPortrait = (action: string, fields: Portrait["fields"]): Portrait => ({
  action,
  category: "network",
  fields,
});

/** What a plain exchange's `dns.leg` says of itself, whoever shows it. */
export const PLAIN_LEG = {
  "dns.server.ip": SERVER,
  "dns.wait.timeout_ms": ABSENT,
  "dns.sends": known(1),
  "dns.parallel": ABSENT,
  "dns.twin_outcome": ABSENT,
  "dns.stray_answers": ABSENT,
  "error.code": ABSENT,
} as const;

/** The same of its `dns.lookup`. */
export const PLAIN_LOOKUP = {
  "dns.lookup.servers": SERVER,
  "dns.lookup.first_server": SERVER,
  "dns.lookup.answered_by": SERVER,
  "dns.lookup.parallel": ABSENT,
  "dns.lookup.timeouts": known(0),
  "dns.lookup.timed_out_servers": ABSENT,
  "dns.twin_outcome": ABSENT,
  "dns.translated": ABSENT,
} as const;

/**
 * The events of a plain exchange (settler.ts) whose answer has the response code: the two packets, and the `dns.leg` and
 * `dns.lookup` that are made of them (transactions/dns/emit.ts).
 */
export function portraitsOf(responseCode: string): Portrait[] {
  const asked = { "dns.question.type": TYPE, "dns.question.name_cut": ABSENT, "process.pid": ABSENT };
  const packet = { ...asked, "network.transport": known("udp"), "network.protocol": known("dns") };
  const told = {
    ...asked,
    "source.ip": CLIENT,
    "dns.outcome": known("answered"),
    "dns.response_code": known(responseCode),
    "dns.seen_by": known("packet"),
    // In nanoseconds.
    "event.duration": { is: "between", from: 0, below: MOST_SPAN * 1000 },
  } as const;
  return [
    dnsPortrait("dns.query", {
      ...packet,
      "dns.type": known("query"),
      "source.ip": CLIENT,
      "destination.ip": SERVER,
      "destination.port": known(53),
      "dns.response_code": ABSENT,
    }),
    dnsPortrait("dns.answer", {
      ...packet,
      "dns.type": known("answer"),
      "source.ip": SERVER,
      "source.port": known(53),
      "destination.ip": CLIENT,
      "dns.response_code": known(responseCode),
    }),
    dnsPortrait("dns.leg", { ...told, ...PLAIN_LEG }),
    dnsPortrait("dns.lookup", { ...told, ...PLAIN_LOOKUP }),
  ];
}

/** The segments of a plain TCP handshake (handshakes.ts). */
export const HANDSHAKE: readonly Portrait[] = ["S", "S.", "R", "R."].map((flags) => ({
  action: "tcp.segment",
  category: "network",
  fields: { "tcp.flags": known(flags), "network.transport": known("tcp"), "process.pid": ABSENT },
}));
