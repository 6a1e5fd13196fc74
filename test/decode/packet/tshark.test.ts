import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Event, FieldValue } from "../../../src/model/event.js";
import { readAll } from "./read.js";
import { variety } from "./variety.js";

// A second opinion from another decoder: tshark's fields, packet by packet.
const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const CAPTURES: [string, Buffer][] = [
  ["a packet of every kind", variety()],
  ["any-cooked2.pcap", fixture("any-cooked2.pcap")],
  ["eth0-nano.pcap", fixture("eth0-nano.pcap")],
  ["firewall-reject.pcap", fixture("firewall-reject.pcap")],
];

const FIELDS = [
  "frame.number",
  "frame.time_epoch",
  "ip.src",
  "ipv6.src",
  "ip.ttl",
  "udp.srcport",
  "udp.dstport",
  "tcp.srcport",
  "tcp.dstport",
  "tcp.seq_raw",
  "tcp.len",
  "dns.id",
  "dns.flags.response",
  "dns.qry.name",
  "dns.flags.rcode",
  "dns.count.answers",
  "dns.a",
  "dns.aaaa",
  "icmp.type",
  "icmp.code",
  "icmpv6.type",
  "arp.src.proto_ipv4",
  "sll.ifindex",
];
type Row = Record<string, string>;

function tshark(path: string): Row[] {
  const options = ["-r", path, "-n", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=|"];
  const noise = [
    "-o",
    "tcp.desegment_tcp_streams:false",
    "-o",
    "ip.defragment:false",
    "-o",
    "ipv6.defragment:false",
  ];
  const { stdout } = spawnSync(
    "tshark",
    [...options, ...noise, ...FIELDS.flatMap((field) => ["-e", field])],
    {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  );
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Object.fromEntries(line.split("\t").map((value, i) => [FIELDS[i]!, value])));
}

/** In errors the quoted packet's fields come behind the packet's own. */
const first = (row: Row, field: string): string => row[field]!.split("|")[0]!;

function check(row: Row, event: Event): string[] {
  const { fields, action } = event;
  const wrong: string[] = [];
  const same = (field: string, ours: FieldValue | undefined, theirs: string): void => {
    if (theirs !== "" && String(ours) !== theirs) wrong.push(`${field}: ${ours} is ${theirs}`);
  };
  const [seconds, part] = row["frame.time_epoch"]!.split(".") as [string, string];
  same("time", `${event.time}${String(event.ns).padStart(3, "0")}`, seconds + part);
  same("source.ip", fields["source.ip"], first(row, "ip.src") || first(row, "ipv6.src"));
  same("ip.ttl", fields["ip.ttl"], first(row, "ip.ttl"));
  same("interface.id", fields["interface.id"], row["sll.ifindex"]!);
  if (action.startsWith("dns.")) {
    const transport = fields["network.transport"];
    same("source.port", fields["source.port"], row[`${transport}.srcport`]!);
    same("destination.port", fields["destination.port"], row[`${transport}.dstport`]!);
    same("dns.id", `0x${Number(fields["dns.id"]).toString(16).padStart(4, "0")}`, row["dns.id"]!);
    same(
      "dns.type",
      fields["dns.type"] === "answer" ? 1 : 0,
      row["dns.flags.response"]!.replace("True", "1").replace("False", "0"),
    );
    same("dns.question.name", fields["dns.question.name"], row["dns.qry.name"]!.toLowerCase());
    same("dns.answers_count", fields["dns.answers_count"] ?? 0, row["dns.count.answers"]!);
    const addresses = [row["dns.a"]!, row["dns.aaaa"]!].filter((list) => list !== "").join("|");
    same("dns.resolved_ip", (fields["dns.resolved_ip"] as string[] | undefined)?.join("|"), addresses);
    if (row["dns.flags.rcode"] === "3") same("dns.response_code", fields["dns.response_code"], "NXDOMAIN");
  } else if (action === "tcp.segment") {
    same("tcp.seq", fields["tcp.seq"], row["tcp.seq_raw"]!);
    same("tcp.payload_bytes", fields["tcp.payload_bytes"], row["tcp.len"]!);
  } else if (action === "icmp.message") {
    same("icmp.type", fields["icmp.type"], first(row, "icmp.type") || first(row, "icmpv6.type"));
    same("icmp.code", fields["icmp.code"], first(row, "icmp.code"));
    same("original.source.ip", fields["icmp.original.source.ip"], row["ip.src"]!.split("|")[1] ?? "");
    same("original.source.port", fields["icmp.original.source.port"], row["udp.srcport"]!);
  } else if (action.startsWith("arp.")) {
    same("arp.sender.ip", fields["arp.sender.ip"], row["arp.src.proto_ipv4"]!);
  }
  return wrong.map((difference) => `packet ${event.line} (${action}): ${difference}`);
}

(hasTshark ? describe : describe.skip)("captures as tshark reads them", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "packets-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(CAPTURES)("%s", (_name, bytes) => {
    const path = join(folder, "capture.pcap");
    writeFileSync(path, bytes);
    const rows = tshark(path);
    const { events, reader } = readAll(bytes);
    expect(rows).toHaveLength(reader.records);
    const wrong = events.flatMap((event) => check(rows[event.line - 1]!, event));
    expect(wrong).toEqual([]);
    // What tshark calls DNS on port 53 is DNS here, and the other way round.
    const isDns = (row: Row) =>
      row["dns.id"] !== "" && (row["icmp.type"] ?? "") === "" && (row["icmpv6.type"] ?? "") === "";
    const theirs = rows.filter(isDns).map((row) => Number(row["frame.number"]));
    const ours = events.filter((e) => e.action.startsWith("dns.")).map((e) => e.line);
    expect(ours.filter((line) => !theirs.includes(line))).toEqual([]);
  });
});
