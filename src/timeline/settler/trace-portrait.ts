import type { FieldValue } from "../../model/event.js";
import { MOST_SPAN, type Portrait, type Possible } from "./portrait.js";

const ABSENT: Possible = { is: "absent" };
const SERVER: Possible = { is: "shared", dimension: "server" };
const PROCESS: Possible = { is: "shared", dimension: "client" };
const TYPE: Possible = { is: "shared", dimension: "type" };
const known = (value: FieldValue): Possible => ({ is: "known", value });

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
  "error.code": ABSENT,
  "evidence.gap": ABSENT,
  // In nanoseconds.
  "event.duration": { is: "between", from: LEAST_SPAN * 1000, below: MOST_SPAN * 1000 },
} as const;

const portrait = (action: string, fields: Portrait["fields"]): Portrait => ({
  action,
  category: "network",
  fields,
});

/**
 * The events of a plain exchange that a trace shows (trace-settler.ts): what was sent and received (decode/strace/output.ts), and the
 * `dns.leg` and `dns.lookup` that are made of them (transactions/dns/emit.ts).
 */
export const TRACED_EXCHANGE: readonly Portrait[] = [
  portrait("dns.query", { ...MOVED, "dns.type": known("query"), "dns.response_code": ABSENT }),
  portrait("dns.answer", { ...MOVED, "dns.type": known("answer"), "dns.response_code": known(PLAIN_CODE) }),
  portrait("dns.leg", {
    ...TOLD,
    "dns.server.ip": SERVER,
    "dns.wait.timeout_ms": ABSENT,
    "dns.sends": known(1),
    "dns.parallel": ABSENT,
    "dns.stray_answers": ABSENT,
  }),
  portrait("dns.lookup", {
    ...TOLD,
    "dns.lookup.servers": SERVER,
    "dns.lookup.first_server": SERVER,
    "dns.lookup.answered_by": SERVER,
    "dns.lookup.parallel": ABSENT,
    "dns.lookup.timeouts": known(0),
    "dns.lookup.timed_out_servers": ABSENT,
  }),
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
