import type { Event, Fields } from "../../model/event.js";
import { decodePacket } from "./decode.js";
import { Frame } from "./frame.js";
import { wantedKinds } from "./kinds.js";

const QUERY_FLAGS: Record<string, string> = { RD: "+", CD: "%" };
const ANSWER_FLAGS: Record<string, string> = { AA: "*", TC: "|", AD: "$" };

/**
 * One line in tcpdump's manner for the packet in `bytes`, which begins with a link-layer header of `linkType`
 * (www.tcpdump.org/linktypes.html): `eth0 Out IP 10.0.0.2.40123 > 10.0.0.1.53: 4711+ A? registry.test.`
 */
export function describePacket(bytes: Uint8Array, linkType: number): string {
  const frame = new Frame();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  frame.start(buffer, 0, buffer.length, buffer.length);
  const lines: string[] = [];
  const outcome = decodePacket(frame, linkType, wantedKinds(), (action, fields) => {
    lines.push(describeFields(action, fields));
  });
  if (lines.length > 0) return lines.join("; ");
  const what =
    outcome === "foreign" ? `ethertype 0x${frame.etherType.toString(16).padStart(4, "0")}` : outcome;
  return `${what}, length ${bytes.length}`;
}

/** The same line from a packet event's kind and fields, wherever they were decoded from. */
export function describeFields(action: string, fields: Fields): string {
  const interfaceId = fields["interface.id"];
  const seen = fields["interface.name"] ?? (interfaceId === undefined ? undefined : `ifindex ${interfaceId}`);
  const columns = [seen, fields["packet.direction"]].filter((part) => part !== undefined);
  return [...columns, describeNetwork(action, fields)].join(" ");
}

function describeNetwork(action: string, fields: Fields): string {
  if (action === "arp.request") {
    return `ARP, Request who-has ${fields["arp.target.ip"] ?? "?"} tell ${fields["arp.sender.ip"] ?? "?"}`;
  }
  if (action === "arp.reply") {
    return `ARP, Reply ${fields["arp.sender.ip"] ?? "?"} is-at ${fields["arp.sender.mac"]}`;
  }
  const ip = fields["network.type"] === "ipv6" ? "IP6" : "IP";
  return `${ip} ${endpoint(fields, "source")} > ${endpoint(fields, "destination")}: ${describePayload(action, fields)}`;
}

function endpoint(fields: Fields, side: "source" | "destination"): string {
  const address = fields[`${side}.ip`] ?? fields[`${side}.address`] ?? "?";
  const port = fields[`${side}.port`];
  return port === undefined ? `${address}` : `${address}.${port}`;
}

function describePayload(action: string, fields: Fields): string {
  switch (action) {
    case "dns.query":
      return `${fields["dns.id"]}${marks(fields, QUERY_FLAGS)}${question(fields) || " [|domain]"}`;
    case "dns.answer":
      return describeAnswer(fields);
    case "tcp.segment": {
      const ack = fields["tcp.ack"] === undefined ? "" : `, ack ${fields["tcp.ack"]}`;
      const seq = fields["tcp.seq"] === undefined ? "" : `, seq ${fields["tcp.seq"]}`;
      return `Flags [${fields["tcp.flags"]}]${seq}${ack}, length ${fields["tcp.payload_bytes"] ?? "?"}`;
    }
    case "http.message":
      return `HTTP, ${fields["http.request.method"] ?? fields["http.response.status_code"]}${fields["url.original"] === undefined ? "" : ` ${fields["url.original"]}`}`;
    case "udp.datagram":
      return `UDP, length ${fields["udp.payload_bytes"] ?? "?"}`;
    case "icmp.message":
      return describeIcmp(fields);
    default: {
      const offset = fields["ip.fragment_offset"];
      const fragment = offset === undefined ? "" : `, fragment at ${offset}`;
      return `protocol ${fields["network.transport"] ?? fields["network.iana_number"] ?? "?"}${fragment}`;
    }
  }
}

function marks(fields: Fields, table: Record<string, string>): string {
  const flags = fields["dns.header_flags"];
  return Array.isArray(flags) ? flags.map((flag) => table[String(flag)] ?? "").join("") : "";
}

function question(fields: Fields): string {
  const name = fields["dns.question.name"];
  if (name === undefined) return "";
  const end = fields["dns.question.name_cut"] === true ? "…" : name === "." ? "" : ".";
  return ` ${fields["dns.question.type"] ?? ""}? ${name}${end}`;
}

function describeAnswer(fields: Fields): string {
  const code = fields["dns.response_code"];
  const failed = code === undefined || code === "NOERROR" ? "" : ` ${code}`;
  const count = fields["dns.answers_count"];
  const addresses = fields["dns.resolved_ip"];
  const asked = question(fields);
  const parts = [
    `${fields["dns.id"]}${marks(fields, ANSWER_FLAGS)}${failed}`,
    asked === "" ? "" : ` q:${asked}`,
    count === undefined ? "" : ` ${count} ${count === 1 ? "answer" : "answers"}`,
    Array.isArray(addresses)
      ? ` ${addresses.slice(0, 4).join(", ")}${addresses.length > 4 ? ", …" : ""}`
      : "",
  ];
  return parts.join("");
}

function describeIcmp(fields: Fields): string {
  const name = `${fields["network.type"] === "ipv6" ? "ICMP6" : "ICMP"} ${fields["icmp.name"]}`;
  const original = fields["icmp.original.destination.ip"];
  const port = fields["icmp.original.destination.port"];
  const about = original === undefined ? "" : `, for ${original}${port === undefined ? "" : `.${port}`}`;
  const mtu = fields["icmp.mtu"] === undefined ? "" : `, mtu ${fields["icmp.mtu"]}`;
  const echo = fields["icmp.id"] === undefined ? "" : `, id ${fields["icmp.id"]}, seq ${fields["icmp.seq"]}`;
  return `${name}${about}${mtu}${echo}`;
}

/**
 * A packet event as a line for a report. `bytes`, the packet's record in the file, is there for what the event's fields
 * do not tell: it is not needed for what this decoder gives.
 */
export function describeRecord(event: Event, _bytes?: Uint8Array): string {
  return describeFields(event.action, event.fields);
}
