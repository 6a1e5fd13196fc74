import {
  ABSENT,
  dnsPortrait,
  known,
  MOST_SPAN,
  PLAIN_LEG,
  PLAIN_LOOKUP,
  type Portrait,
  CLIENT as PROCESS,
  SERVER,
  TYPE,
} from "./portrait.js";

/** The response code of the exchanges that are plain. */
export const PLAIN_CODE = "NOERROR";

/** A plain exchange takes no less, µs: shorter ones may be places in a trace without stamps, and rules tell them apart. */
export const LEAST_SPAN = 100;

const ASKED = {
  "process.pid": PROCESS,
  "source.ip": ABSENT,
  "source.port": ABSENT,
  "dns.question.type": TYPE,
  "dns.question.name_cut": ABSENT,
} as const;

const MOVED = {
  ...ASKED,
  "network.protocol": known("dns"),
  "network.transport": known("udp"),
  "destination.ip": SERVER,
  "destination.port": known(53),
} as const;

const TOLD = {
  ...ASKED,
  "network.direction": ABSENT,
  "dns.outcome": known("answered"),
  "dns.response_code": known(PLAIN_CODE),
  "dns.seen_by": known("strace"),
  "dns.twin_outcome": ABSENT,
  "dns.translated": ABSENT,
  "error.code": ABSENT,
  "evidence.gap": ABSENT,
  // In nanoseconds.
  "event.duration": { is: "between", from: LEAST_SPAN * 1000, below: MOST_SPAN * 1000 },
} as const;

/**
 * The events of a plain exchange that a trace shows (trace-settler.ts): what was sent and received (decode/strace/output.ts), and the
 * `dns.leg` and `dns.lookup` that are made of them (transactions/dns/emit.ts).
 */
export const TRACED_EXCHANGE: readonly Portrait[] = [
  dnsPortrait("dns.query", { ...MOVED, "dns.type": known("query"), "dns.response_code": ABSENT }),
  dnsPortrait("dns.answer", {
    ...MOVED,
    "dns.type": known("answer"),
    "dns.response_code": known(PLAIN_CODE),
  }),
  dnsPortrait("dns.leg", { ...TOLD, ...PLAIN_LEG }),
  dnsPortrait("dns.lookup", { ...TOLD, ...PLAIN_LOOKUP }),
];

/** A UDP socket is given a name server's address, which goes well. */
export const TRACED_CONNECT: Portrait = {
  action: "socket.connect",
  category: "process",
  fields: {
    "network.transport": known("udp"),
    "destination.ip": SERVER,
    "destination.port": known(53),
    "process.pid": PROCESS,
    "error.code": ABSENT,
    "error.kind": ABSENT,
    "file.path": ABSENT,
  },
};
