import { describeFields } from "../../decode/packet/describe.js";
import type { Event, Fields } from "../../model/event.js";
import { shown } from "./words.js";

/** Fields by which events are known that have no label of their own, the most telling first. */
const TELLING = [
  "error.message",
  "message",
  "dns.question.name",
  "registry.host",
  "url.original",
  "container.name",
  "container.action",
  "bridge.name",
  "interface.name",
  "dns.server.ip",
  "http.response.status_code",
  "error.kind",
] as const;
/** So many of them. */
const MOST_TELLING = 3;

const PACKETS =
  /^(?:dns\.(?:query|answer)|tcp\.segment|udp\.datagram|icmp\.message|arp\.(?:request|reply)|ip\.packet)$/;

/** The label of a transaction, by its action. */
const TRANSACTIONS: Readonly<Record<string, (fields: Fields) => string>> = {
  "dns.lookup": (f) => `${question(f)}: ${outcome(f, "dns.outcome")}`,
  "dns.leg": (f) => `${question(f)} of ${of(f, "dns.server.ip")}: ${outcome(f, "dns.outcome")}`,
  "tcp.connect": (f) => `connect ${ends(f)}: ${of(f, "tcp.outcome")}`,
  "tcp.stall": (f) => `${of(f, "tcp.payload_bytes")} bytes stuck ${ends(f)}`,
  "packet.passage": (f) => `${passing(f)} ${ends(f)}: ${of(f, "passage.outcome")}`,
  "registry.pull": (f) =>
    `${f["registry.operation"] ?? "pull"} ${of(f, "registry.repository")}${tag(f)}: ${of(f, "registry.outcome")}`,
};

const of = (fields: Fields, name: string): string => String(fields[name] ?? "?");
const tag = (fields: Fields): string => {
  const name = fields["registry.tag"];
  return name === undefined ? "" : `:${name}`;
};
const question = (fields: Fields): string =>
  `${fields["dns.question.type"] === undefined ? "" : `${fields["dns.question.type"]}? `}${of(fields, "dns.question.name")}`;
const passing = (fields: Fields): string =>
  fields["dns.question.name"] === undefined ? of(fields, "network.transport") : question(fields);
const outcome = (fields: Fields, name: string): string => {
  const code = fields["dns.response_code"];
  return code === undefined || code === "NOERROR" ? of(fields, name) : `${of(fields, name)} ${code}`;
};
const end = (fields: Fields, side: string): string => {
  const port = fields[`${side}.port`];
  return `${of(fields, `${side}.ip`)}${port === undefined ? "" : `:${port}`}`;
};
const ends = (fields: Fields): string => `${end(fields, "source")} → ${end(fields, "destination")}`;

/** A few words for an event: what was asked of whom, and what came of it. */
export function labelOf({ action, fields }: Event): string {
  const own = TRANSACTIONS[action];
  if (own) return shown(own(fields));
  if (PACKETS.test(action) && fields["network.type"] !== undefined)
    return shown(describeFields(action, fields));
  const told: string[] = [];
  for (const name of TELLING) {
    const value = fields[name];
    if (value === undefined || told.length >= MOST_TELLING) continue;
    told.push(String(value));
  }
  return shown(told.length === 0 ? action : told.join(", "));
}
