import { textOf } from "../../grammar/bytes.js";
import type { Fields } from "../../model/event.js";
import { envelopeOf } from "../envelope.js";
import { Dissection } from "./dissection.js";
import { DISSECTED, recordFields } from "./record.js";

/** What a line's value is: its first word, the number in its last brackets, or all of it. */
type Take = "word" | "bracketed" | "all";

/** Labels of the lines under a layer's heading, and the fields they show (tshark 2 to 4; each names some lines differently). */
const LINES: Record<string, readonly (readonly [label: string, field: string, take: Take])[]> = {
  frame: [
    ["Epoch Time", "frame.time_epoch", "word"],
    ["Epoch Arrival Time", "frame.time_epoch", "word"],
    ["Arrival Time", "frame.time", "all"],
    ["UTC Arrival Time", "frame.time_utc", "all"],
    ["Time since reference or first frame", "frame.time_relative", "word"],
    ["Interface name", "frame.interface_name", "word"],
  ],
  sll: [
    ["Packet type", "sll.pkttype", "bracketed"],
    ["Source", "sll.src_eth", "word"],
    ["Interface index", "sll.ifindex", "word"],
  ],
  ip: [
    ["Total Length", "ip.len", "word"],
    ["Identification", "ip.id", "word"],
    ["Time to Live", "ip.ttl", "word"],
    ["Time to live", "ip.ttl", "word"],
    ["Protocol", "ip.proto", "bracketed"],
  ],
  ipv6: [
    ["Payload Length", "ipv6.plen", "word"],
    ["Payload length", "ipv6.plen", "word"],
    ["Next Header", "ipv6.nxt", "bracketed"],
    ["Next header", "ipv6.nxt", "bracketed"],
    ["Hop Limit", "ipv6.hlim", "word"],
    ["Hop limit", "ipv6.hlim", "word"],
  ],
  udp: [["Length", "udp.length", "word"]],
  tcp: [
    ["Sequence Number (raw)", "tcp.seq_raw", "word"],
    ["Sequence number (raw)", "tcp.seq_raw", "word"],
    ["Sequence Number", "tcp.seq", "word"],
    ["Sequence number", "tcp.seq", "word"],
    ["Acknowledgment number (raw)", "tcp.ack_raw", "word"],
    ["Acknowledgment Number", "tcp.ack", "word"],
    ["Acknowledgment number", "tcp.ack", "word"],
    ["TCP Segment Len", "tcp.len", "word"],
    ["Flags", "tcp.flags", "word"],
  ],
  icmp: [
    ["Type", "icmp.type", "word"],
    ["Code", "icmp.code", "word"],
    ["Identifier (BE)", "icmp.ident", "word"],
    ["Sequence Number (BE)", "icmp.seq", "word"],
    ["Sequence number (BE)", "icmp.seq", "word"],
    ["MTU of next hop", "icmp.mtu", "word"],
  ],
  icmpv6: [
    ["Type", "icmpv6.type", "bracketed"],
    ["Code", "icmpv6.code", "word"],
    ["Identifier", "icmpv6.echo.identifier", "word"],
    ["Sequence", "icmpv6.echo.sequence_number", "word"],
    ["MTU", "icmpv6.mtu", "word"],
  ],
  arp: [
    ["Opcode", "arp.opcode", "bracketed"],
    ["Sender MAC address", "arp.src.hw_mac", "bracketed"],
    ["Sender IP address", "arp.src.proto_ipv4", "word"],
    ["Target IP address", "arp.dst.proto_ipv4", "word"],
  ],
  dns: [
    ["Transaction ID", "dns.id", "word"],
    ["Flags", "dns.flags", "word"],
    ["Answer RRs", "dns.count.answers", "word"],
    ["Name", "dns.qry.name", "word"],
    ["Type", "dns.qry.type", "bracketed"],
    ["Address", "dns.a", "word"],
    ["AAAA Address", "dns.aaaa", "word"],
  ],
};

const BY_LAYER = new Map(
  Object.entries(LINES).map(([layer, lines]) => [
    layer,
    new Map(lines.map(([label, field, take]) => [label, { field, take }])),
  ]),
);

const HEADINGS: readonly (readonly [RegExp, string])[] = [
  [/^Linux cooked capture/, "sll"],
  [/^Ethernet II, /, "eth"],
  [/^Internet Protocol Version 4, /, "ip"],
  [/^Internet Protocol Version 6, /, "ipv6"],
  [/^User Datagram Protocol, /, "udp"],
  [/^Transmission Control Protocol, /, "tcp"],
  [/^Internet Control Message Protocol v6/, "icmpv6"],
  [/^Internet Control Message Protocol$/, "icmp"],
  [/^Address Resolution Protocol/, "arp"],
  [/^Domain Name System \(/, "dns"],
];
const WAYS = /, (Src|Dst)(?: Port)?: (?:[^,()]{0,80}\()?([0-9a-fA-F.:]{1,45})/g;
/** Other layers begin in the first column; packets that are quoted begin under four blanks. */
const HEADING = /^ {0,4}(?=[A-Z])/;

function readVerbose(record: string): Fields {
  const dissection = new Dissection();
  let layer = "frame";
  let answering = true;
  for (const raw of textOf(record).split("\n")) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (HEADING.test(line)) {
      const text = line.trimStart();
      const heading = HEADINGS.find(([words]) => words.test(text))?.[1];
      if (heading !== undefined) {
        layer = heading;
        answering = true;
        const port = layer === "udp" || layer === "tcp" ? "port" : "";
        for (const [, way, value] of text.matchAll(WAYS))
          dissection.add(`${layer}.${way!.toLowerCase()}${port}`, value!);
        continue;
      }
      if (line[0] !== " ") {
        layer = line.startsWith("Frame ") ? "frame" : "";
        continue;
      }
      // Addresses of authority and additional records answer nothing.
      if (layer === "dns" && /^(?:Authoritative nameservers|Additional records)$/.test(text))
        answering = false;
    }
    if (answering) addLine(dissection, layer, line);
  }
  return recordFields(dissection);
}

function addLine(d: Dissection, layer: string, line: string): void {
  const colon = line.indexOf(": ");
  if (colon < 0) return;
  const label = line.slice(0, colon).replace(/^[ [.\d]*(?:= )?/, "");
  const known = BY_LAYER.get(layer)?.get(label);
  if (!known) return;
  const value = line
    .slice(colon + 2)
    .trim()
    .replace(/\]$/, "");
  const text =
    known.take === "all" ? value : known.take === "word" ? value.split(" ", 1)[0]! : bracketed(value);
  d.add(known.field, text);
}

/** `A (Host Address) (1)` → `1`; `52:54:00:00:00:01 (52:54:00:00:00:01)` → the address. */
const bracketed = (value: string) => /\(([^()]*)\)$/.exec(value)?.[1] ?? value;

/** `tshark -V`: a block of indented lines for each packet. */
export const tsharkVerbose = envelopeOf({
  name: "tshark-verbose",
  title: "tshark -V",
  file: "src/decode/tshark/verbose.ts",
  event: DISSECTED,
  look: /Frame \d{1,10}(?:: \d{1,7} bytes| \(\d{1,7} bytes) on wire[\s\S]*/y,
  first: "F",
  literals: [[" on wire"]],
  continuation: /(?!Frame \d{1,10}(?:: | \()\d)[\s\S]/y,
  read: readVerbose,
  stamps: ["epoch", "datetime", "elapsed"],
  set: { "event.category": "network" },
});
