import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readPacket } from "../../../src/decode/tcpdump/event.js";
import type { Event, Fields } from "../../../src/model/event.js";
import { matchTcpdump, recordsOf } from "../../grammars/tcpdump.js";
import { linkCaptures } from "../packet/links.js";
import { readAll } from "../packet/read.js";
import { joinedCaptures } from "../packet/shared-captures.js";
import { variety } from "../packet/variety.js";

// The same capture, read by this decoder from its bytes and from tcpdump's text, is the same events.
const hasTcpdump = spawnSync("tcpdump", ["--version"]).status === 0;
// Packets of every kind with every option; all captures with those that differ most.
const CAPTURES: [string, Buffer, boolean][] = [
  ["a packet of every kind", variety(), true],
  ...linkCaptures().map(([name, bytes]): [string, Buffer, boolean] => [name, bytes, false]),
  // tcpdump reads no capture with several types of link layer.
  ...joinedCaptures()
    .filter(([name]) => !/every link layer/.test(name))
    .map(([name, bytes]): [string, Buffer, boolean] => [name, bytes, false]),
];
const STAMPS = [
  "-t",
  "-tt",
  "-ttt",
  "-tttt",
  "-ttttt",
  "-tt --nano",
  "-tttt --nano",
  "-ttttt --nano",
  "--number",
];
const VERBOSE = ["-q", "-v", "-vv", "-vvv", "-S", "-e", "-e -q", "-e -vvv", "-K -v"];
const DUMPS = [
  "-x",
  "-xx",
  "-X",
  "-XX",
  "-A",
  "-AA",
  "-q -x",
  "-e -q -XX",
  "-v -A",
  "-e -vv -XX",
  "-t -A",
  "-ttt -AA",
];
const EVERY = ["-n", "", ...[...STAMPS, ...VERBOSE, ...DUMPS].map((options) => `-n ${options}`)];
const SOME = ["-n -tt", "-n -e -vvv -tt", "-n -e -q", "-n -q -XX", "-n -AA"];

/** tcpdump marks RD in queries and AA, RA, TC, AD in answers; the other bits it does not show. */
function shownFlags(action: string, flags: readonly string[]): string[] {
  return flags.filter((flag) =>
    (action === "dns.query" ? ["RD", "CD"] : ["AA", "TC", "RA", "AD"]).includes(flag),
  );
}

function differences(text: { action: string; fields: Fields }, packet: Event): string[] {
  if (text.action !== packet.action) return [`${text.action} is ${packet.action}`];
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(text.fields)) {
    // A file has no names of interfaces; hosts are named by whatever resolver the reading machine has.
    if (value === undefined || name === "interface.name") continue;
    // Behind a handshake tcpdump counts from it; in the packets numbers are whole.
    if (name.startsWith("tcp.relative_")) continue;
    let [a, b] = [value, packet.fields[name]];
    if (name === "dns.header_flags") {
      a = shownFlags(text.action, a as string[]);
      b = shownFlags(text.action, b as string[]);
    }
    if (JSON.stringify(a) !== JSON.stringify(b)) wrong.push(`${name}: ${a} is ${b}`);
  }
  return wrong;
}

/** What `-tt` prints. */
function stampOf({ time, ns }: Event, nano: boolean): string {
  const micros = String(time);
  return `${micros.slice(0, -6)}.${micros.slice(-6)}${nano ? String(ns).padStart(3, "0") : ""}`;
}

/** What `-q` leaves of a packet: that there was a datagram or a segment of some length, and no word of what it says. */
function withoutMessage(packet: Event, text: { fields: Fields }): Event {
  if (!packet.action.startsWith("dns.")) return packet;
  const fields = Object.fromEntries(Object.entries(packet.fields).filter(([name]) => !/^dns/.test(name)));
  const [action, length] =
    fields["network.transport"] === "tcp"
      ? ["tcp.segment", "tcp.payload_bytes"]
      : ["udp.datagram", "udp.payload_bytes"];
  return { ...packet, action, fields: { ...fields, [length]: text.fields[length] } };
}

/** Fields that the text cannot do without, whatever the options. */
const ALWAYS: Record<string, readonly string[]> = {
  "dns.query": [
    "source.ip",
    "source.port",
    "destination.ip",
    "destination.port",
    "dns.id",
    "dns.question.name",
    "dns.question.type",
  ],
  "dns.answer": [
    "source.ip",
    "source.port",
    "destination.port",
    "dns.id",
    "dns.response_code",
    "dns.answers_count",
    "dns.resolved_ip",
  ],
  "icmp.message": ["source.ip", "icmp.name", "icmp.mtu", "icmp.seq"],
  "arp.reply": ["arp.sender.ip", "arp.sender.mac"],
  "tcp.segment": ["source.port", "destination.port", "tcp.payload_bytes"],
};

(hasTcpdump ? describe : describe.skip)("tcpdump's text against the packets themselves", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "packets-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(CAPTURES)("%s", (name, bytes, isVaried) => {
    // One line per packet: of several messages in a segment tcpdump shows the first.
    const packets = readAll(bytes).events.filter((e, i, all) => i === 0 || all[i - 1]!.line !== e.line);

    it.each(isVaried ? EVERY : SOME)("with %s", (options) => {
      const path = join(folder, `${name.replace(/\W/g, "_")}.pcap`);
      writeFileSync(path, bytes);
      const args = [...options.split(" ").filter((option) => option !== ""), "-r", path];
      const { stdout } = spawnSync("tcpdump", args, { encoding: "latin1", maxBuffer: 1 << 26 });
      const read = recordsOf(stdout).flatMap((record) => {
        const matched = matchTcpdump(record.text);
        const event = matched && readPacket(matched.action, matched.fields);
        return event === undefined
          ? []
          : [{ ...event, record: record.text, stamp: matched!.fields["@timestamp"] }];
      });
      expect(read).toHaveLength(packets.length);
      // One comparison at the end: thousands of small ones take their time.
      const wrong: string[] = [];
      const isQuiet = / -q/.test(options) && !/ -x/i.test(options);
      read.forEach((text, i) => {
        const packet = isQuiet ? withoutMessage(packets[i]!, text) : packets[i]!;
        const found = differences(text, packet);
        for (const field of ALWAYS[packet.action] ?? []) {
          if (String(text.fields[field]) !== String(packet.fields[field])) found.push(`${field} is missing`);
        }
        if (/-tt( |$)/.test(options) && text.stamp !== stampOf(packet, options.includes("--nano"))) {
          found.push(`${text.stamp} is not its time`);
        }
        if (found.length > 0) wrong.push(`${text.record}: ${found.join(", ")}`);
      });
      expect(wrong).toEqual([]);
    });
  });
});
