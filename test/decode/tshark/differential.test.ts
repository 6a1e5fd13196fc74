import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { readAll } from "../packet/read.js";
import { variety } from "../packet/variety.js";
import { misplaced, readText } from "../read-text.js";

// The same capture, read by this decoder from its bytes and from tshark's outputs, is the same events.
const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
const fixture = (name: string) => readFileSync(new URL(`../packet/fixtures/${name}`, import.meta.url));
const CAPTURES: [string, Buffer][] = [
  ["a packet of every kind", variety()],
  ["any-cooked2.pcap", fixture("any-cooked2.pcap")],
  ["eth0-nano.pcap", fixture("eth0-nano.pcap")],
  ["firewall-reject.pcap", fixture("firewall-reject.pcap")],
];
const FIELDS =
  "frame.time_epoch ip.src ip.dst ipv6.src ipv6.dst ip.proto ip.frag_offset ipv6.nxt ipv6.fraghdr.nxt udp.srcport udp.dstport tcp.srcport tcp.dstport tcp.flags tcp.seq_raw tcp.ack_raw tcp.len icmp.type icmp.code icmpv6.type icmpv6.code dns.id dns.flags dns.qry.name dns.qry.type dns.a dns.aaaa dns.count.answers arp.opcode arp.src.proto_ipv4 arp.src.hw_mac arp.dst.proto_ipv4";
const LIST = "frame.number frame.time_epoch ip.src ip.dst ipv6.src ipv6.dst _ws.col.Protocol _ws.col.Info";
const OPTIONS: [string, string[]][] = [
  ["-T json", ["-T", "json"]],
  ["-T ek", ["-T", "ek"]],
  ["-V", ["-V"]],
  ["-T pdml", ["-T", "pdml"]],
  ["-T fields", ["-T", "fields", "-E", "header=y", ...FIELDS.split(" ").flatMap((name) => ["-e", name])]],
  [
    "-T fields, quoted",
    [
      "-T",
      "fields",
      "-E",
      "header=y",
      "-E",
      "separator=,",
      "-E",
      "quote=d",
      ...FIELDS.split(" ").flatMap((name) => ["-e", name]),
    ],
  ],
  ["-T json, some fields", ["-T", "json", ...FIELDS.split(" ").flatMap((name) => ["-e", name])]],
  [
    "-T fields, any separator",
    [
      "-T",
      "fields",
      "-E",
      "header=y",
      "-E",
      "separator=#",
      ...FIELDS.split(" ").flatMap((name) => ["-e", name]),
    ],
  ],
  [
    "-T fields, columns of the list",
    ["-T", "fields", "-E", "header=y", ...LIST.split(" ").flatMap((name) => ["-e", name])],
  ],
  ["the packet list in tabs", ["-T", "tabs"]],
  ["the packet list and bytes", ["-x", "-P"]],
  ...["adoy", "e", "r -u hms", "u"].map((form): [string, string[]] => [
    `the packet list with -t ${form}`,
    `-t ${form}`.split(" "),
  ]),
  ["the packet list", []],
  ["the packet list with dates", ["-t", "ud"]],
  ["-T psml", ["-T", "psml"]],
];
/** Fields that no output does without. */
const ALWAYS: Record<string, readonly string[]> = {
  "dns.query": ["source.ip", "destination.ip", "dns.id", "dns.question.name", "dns.question.type"],
  "dns.answer": ["source.ip", "dns.id", "dns.question.name", "dns.response_code", "dns.resolved_ip"],
  "tcp.segment": ["source.port", "destination.port", "tcp.flags"],
  "arp.reply": ["arp.sender.ip", "arp.sender.mac"],
};

/** The packet's number, which stands first in a record of the packet list. */
const numberIn = (record: string) => Number(/^(?:\s*<packet>\s*<section>)?\s*(\d+)/.exec(record)![1]);

function differences(text: Event, packet: Event, exact: boolean): string[] {
  if (text.action !== packet.action) return [`${text.action} is ${packet.action}`];
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(text.fields)) {
    if (
      value === undefined ||
      (!exact && !/^(?:source|destination|dns\.(?:id|q|type|res)|arp|icmp\.type)/.test(name))
    )
      continue;
    if (!exact && /\.mac$/.test(name)) continue;
    const [a, b] = [JSON.stringify(value), JSON.stringify(packet.fields[name])];
    if (a !== b) wrong.push(`${name}: ${a} is ${b}`);
  }
  return wrong;
}

(hasTshark ? describe : describe.skip)("tshark's outputs against the packets themselves", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "packets-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(CAPTURES)("%s", (name, bytes) => {
    const packets = readAll(bytes).events;

    // All outputs of the one that has everything; each run of tshark takes its time.
    const outputs =
      bytes === CAPTURES[0]![1] ? OPTIONS : OPTIONS.filter(([title]) => /json$|list$/.test(title));

    it.each(outputs)(
      "with %s",
      (title, options) => {
        const path = join(folder, `${name.replace(/\W/g, "_")}.pcap`);
        writeFileSync(path, bytes);
        const { stdout } = spawnSync("tshark", ["-n", ...options, "-r", path], {
          maxBuffer: 1 << 28,
          env: { ...process.env, TZ: "UTC" },
        });
        const { events, records, reader } = readText(stdout);
        expect(misplaced(stdout, records)).toEqual([]);
        expect(reader.unparsed).toBe(0);
        const exact = !/list|psml/.test(title);
        // Of several messages in one segment the first; tshark says nothing of what a first fragment holds.
        const firsts = packets.filter((e, i, all) => i === 0 || all[i - 1]!.line !== e.line);
        const texts = events.filter((e, i, all) => i === 0 || all[i - 1]!.line !== e.line);
        if (!/psml/.test(title)) expect(texts).toHaveLength(firsts.length);
        const recordAt = new Map(records.map((record) => [record.line, record.text]));
        const byNumber = new Map(firsts.map((packet) => [packet.line, packet]));
        const wrong: string[] = [];
        texts.forEach((text, i) => {
          const packet = exact ? firsts[i]! : byNumber.get(numberIn(recordAt.get(text.line)!))!;
          if (text.action === "ip.packet" && (!exact || packet.action.startsWith("dns."))) return;
          const found = differences(text, packet, exact);
          if ((exact || /dates/.test(title)) && (text.time !== packet.time || text.ns !== packet.ns))
            found.push("another time");
          for (const field of ALWAYS[packet.action] ?? [])
            if (text.fields[field] === undefined && packet.fields[field] !== undefined)
              found.push(`${field} is missing`);
          if (found.length > 0) wrong.push(`${text.line}: ${found.join(", ")}`);
        });
        expect(wrong).toEqual([]);
      },
      60_000,
    );
  });
});
