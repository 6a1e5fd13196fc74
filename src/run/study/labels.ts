import { describeFields } from "../../decode/packet/describe.js";
import type { Event, Fields } from "../../model/event.js";
import { shown } from "./words.js";

/** Words that tell all by themselves, the most telling first. */
const SENTENCES = ["error.message", "message"] as const;

/** Fields by which events are known that have no words and no label of their own, the most telling first. */
const TELLING = [
  "dns.question.name",
  "registry.host",
  "http.request.method",
  "url.original",
  "http.response.status_code",
  "container.name",
  "container.action",
  "bridge.name",
  "interface.name",
  "strace.call",
  "dns.server.ip",
  "destination.ip",
  "destination.port",
  "error.code",
  "error.kind",
] as const;
/** So many of them. */
const MOST_TELLING = 3;

const PACKETS =
  /^(?:dns\.(?:query|answer)|tcp\.segment|udp\.datagram|icmp\.message|arp\.(?:request|reply)|ip\.packet)$/;

/** Labels of their own, by action. */
const OWN: Readonly<Record<string, (fields: Fields) => string>> = {
  "dns.lookup": (f) => `${question(f)}: ${outcome(f, "dns.outcome")}`,
  "dns.leg": (f) => `${question(f)} of ${of(f, "dns.server.ip")}: ${outcome(f, "dns.outcome")}`,
  "tcp.connect": (f) => `connect ${ends(f)}: ${of(f, "tcp.outcome")}`,
  "tcp.stall": (f) => `${of(f, "tcp.payload_bytes")} bytes stuck ${ends(f)}`,
  "packet.passage": (f) => `${passing(f)} ${ends(f)}: ${of(f, "passage.outcome")}`,
  "dns.wait_timeout": (f) => `wait for ${f["destination.ip"] ?? "a resolver"} ran out${about(f)}`,
  "socket.connect": (f) =>
    `connect ${end(f, "destination")}${f["error.code"] === undefined ? "" : ` ${f["error.code"]}`}`,
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
const about = (fields: Fields): string =>
  fields["dns.question.name"] === undefined ? "" : `: ${fields["dns.question.name"]}`;
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
  const own = OWN[action];
  if (own) return shown(own(fields));
  if (PACKETS.test(action)) {
    if (fields["network.type"] !== undefined) return shown(describeFields(action, fields));
    // What a trace shows of questions has no addresses of its own.
    if (fields["dns.question.name"] !== undefined) return shown(`${action.slice(4)} ${question(fields)}`);
  }
  const sentence = SENTENCES.find((name) => typeof fields[name] === "string" && fields[name] !== "");
  if (sentence !== undefined) return shown(String(fields[sentence]));
  const told = TELLING.filter((name) => fields[name] !== undefined).slice(0, MOST_TELLING);
  return shown(told.length === 0 ? action : told.map((name) => fields[name]).join(" "));
}
