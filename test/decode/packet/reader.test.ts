import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { PacketReader } from "../../../src/decode/packet/reader.js";
import { dnsAnswer, dnsQuery, ETHERNET, hex, ipv4, ng, pcap, udp } from "./build.js";
import { readAll } from "./read.js";

const query = Buffer.concat([ETHERNET, ipv4(17, udp(40000, 53, dnsQuery(4711, "registry.corp.test")))]);
const answer = Buffer.concat([
  ETHERNET,
  ipv4(17, udp(53, 40000, dnsAnswer(4711, "registry.corp.test", "10.0.1.9"))),
]);
const messages = (bytes: Buffer) => readAll(bytes).reader.problems.map((p) => p.message);

describe("classic pcap", () => {
  const expected = {
    "network.type": "ipv4",
    "network.transport": "udp",
    "network.protocol": "dns",
    "source.ip": "10.0.0.5",
    "source.port": 40000,
    "source.mac": "02:42:0a:00:00:05",
    "destination.ip": "10.0.0.1",
    "destination.port": 53,
    "destination.mac": "02:42:0a:00:00:01",
    "network.bytes": 64,
    "ip.ttl": 64,
    "ip.id": 7,
    "dns.type": "query",
    "dns.id": 4711,
    "dns.question.name": "registry.corp.test",
    "dns.question.type": "A",
    "dns.header_flags": ["RD"],
  };

  it.each([
    ["little-endian microseconds", true, false],
    ["big-endian microseconds", false, false],
    ["little-endian nanoseconds", true, true],
    ["big-endian nanoseconds", false, true],
  ])("reads %s", (_what, little, nano) => {
    const part = nano ? 123456789 : 123456;
    const file = pcap([{ bytes: query, part }, { bytes: answer }], { little, nano });
    expect(PacketReader.sniff(file)).toBe(true);
    const { events, reader } = readAll(file);
    expect(reader.problems).toEqual([]);
    expect(reader).toMatchObject({ records: 2, parsed: 2, unparsed: 0 });
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ action: "dns.query", category: "network", line: 1, offset: 24 });
    expect(events[0]!.length).toBe(16 + query.length);
    expect(events[0]).toMatchObject({
      time: 1795319188_123456,
      latest: 1795319188_123456,
      ns: nano ? 789 : 0,
    });
    expect(JSON.parse(JSON.stringify(events[0]!.fields))).toEqual(expected);
    expect(events[1]!.offset).toBe(24 + 16 + query.length);
    expect(events[1]!.fields).toMatchObject({
      "dns.type": "answer",
      "dns.response_code": "NOERROR",
      "dns.answers_count": 1,
      "dns.resolved_ip": ["10.0.1.9"],
      "dns.question.name": "registry.corp.test",
    });
  });

  it.each([1, 7, 100, 4096])("gives the same when packets cross the borders of %i-byte chunks", (size) => {
    const file = readFileSync(new URL("fixtures/any-cooked2.pcap", import.meta.url));
    const whole = readAll(file);
    const cut = readAll(file, { size });
    expect(cut.events).toEqual(whole.events);
    expect(whole.reader.records).toBe(39);
  });

  it("says what is sure of packets cut by the snap length", () => {
    const file = pcap([
      { bytes: query, captured: 14 + 20 + 8 + 12 + 5 },
      { bytes: query, captured: 14 + 20 + 4 },
      { bytes: query, captured: 14 + 10 },
    ]);
    const { events, reader } = readAll(file);
    expect(events.map((e) => e.action)).toEqual(["dns.query", "ip.packet"]);
    expect(events[0]!.fields).toMatchObject({
      "dns.id": 4711,
      "dns.question.name": "regi",
      "dns.question.name_cut": true,
    });
    expect(events[1]!.fields).toMatchObject({ "network.transport": "udp", "source.ip": "10.0.0.5" });
    expect(reader).toMatchObject({ records: 3, parsed: 2, unparsed: 1 });
    expect(messages(file)).toEqual(["the headers of 1 packet are cut or damaged"]);
  });

  it("tells where a file that ends inside a packet was cut", () => {
    const file = pcap([{ bytes: query }, { bytes: answer }]);
    const { events, reader } = readAll(file.subarray(0, file.length - 10));
    expect(events).toHaveLength(1);
    expect(reader.problems).toEqual([
      {
        path: "",
        offset: 24 + 16 + query.length,
        severity: "warning",
        message: `packet 2: the file ends inside it, ${16 + answer.length - 10} bytes after its beginning; 1 packet was read`,
      },
    ]);
  });

  it("resumes behind a record with an impossible length", () => {
    const file = pcap([{ bytes: query }, { bytes: query }, { bytes: answer }, { bytes: query }]);
    const second = 24 + 16 + query.length;
    file.writeUInt32LE(0x7fffffff, second + 8);
    const { events, reader } = readAll(file);
    expect(events.map((e) => e.action)).toEqual(["dns.query", "capture.marker", "dns.answer", "dns.query"]);
    expect(reader.problems).toHaveLength(1);
    expect(reader.problems[0]).toMatchObject({ severity: "error", offset: second });
    expect(reader.problems[0]!.message).toBe(
      `packet 2: captured length 2147483647 is more than any packet's 262144; ${16 + query.length} bytes are skipped, reading resumes at byte ${second + 16 + query.length}`,
    );
  });

  it("resumes behind a record whose length goes beyond the end of the file", () => {
    const file = pcap([{ bytes: query }, { bytes: query }, { bytes: answer }]);
    file.writeUInt32LE(200000, 24 + 16 + query.length + 8);
    file.writeUInt32LE(200000, 24 + 16 + query.length + 12);
    expect(readAll(file).events.map((e) => e.action)).toEqual(["dns.query", "capture.marker", "dns.answer"]);
    expect(messages(file)[0]).toMatch(
      /^packet 2: captured length 200000 goes beyond the end of the file; .* resumes/,
    );
  });

  it("stops where nothing plausible follows", () => {
    const file = Buffer.concat([pcap([{ bytes: query }]), Buffer.alloc(5000, 0xff)]);
    expect(messages(file)).toEqual([
      `packet 2: its time stamp has 4294967295 of 1000000 parts of a second; 1 packet was read, the rest is skipped`,
    ]);
  });

  it("believes the records, not a snap length that its writer did not keep", () => {
    const { events, reader } = readAll(pcap([{ bytes: query }, { bytes: answer }], { snap: 60 }));
    expect(events).toHaveLength(2);
    expect(reader.problems).toEqual([]);
  });

  it("reports a link-layer type it does not know once", () => {
    const file = pcap([{ bytes: query }, { bytes: query }], { linkType: 147 });
    expect(readAll(file).reader).toMatchObject({ records: 2, unparsed: 2 });
    expect(messages(file)).toHaveLength(1);
  });

  it("counts packets it cannot read in one sentence", () => {
    const file = pcap(Array.from({ length: 50 }, () => ({ bytes: query, captured: 20 })));
    expect(messages(file)).toEqual(["the headers of 50 packets, packet 1 first, are cut or damaged"]);
  });

  it("lists no more than twenty problems", () => {
    const { section, capture, packet } = ng();
    const broken = Array.from({ length: 50 }, () => packet(9, 0, 0, query));
    const said = messages(Buffer.concat([section(), capture(1), ...broken]));
    expect(said).toHaveLength(21);
    expect(said[20]).toBe("30 more problems of the same kinds are not listed");
  });

  it("is not fooled by other files", () => {
    expect(PacketReader.sniff(Buffer.from("03:46:28.346667 IP 10.0.0.1"))).toBe(false);
    expect(PacketReader.sniff(Buffer.alloc(3))).toBe(false);
    expect(messages(Buffer.from("not a capture at all, only text"))).toEqual([
      "this is neither pcap nor pcapng",
    ]);
    expect(messages(Buffer.alloc(0))).toEqual([]);
    expect(messages(hex("d4c3b2a1 0200"))).toEqual([
      "the file ends after 6 of the 24 bytes of a pcap header",
    ]);
  });
});

describe("pcapng", () => {
  it.each([true, false])("reads sections, interfaces and packets (little-endian: %s)", (little) => {
    const { section, capture, packet, option, block, simple, obsolete, n32 } = ng(little);
    const nano = option(9, Buffer.from([9]));
    const high = Math.floor((1795319188 * 1e9) / 2 ** 32);
    const low = Number(1795319188123456789n & 0xffffffffn);
    const file = Buffer.concat([
      section(),
      capture(1, option(2, Buffer.from("veth0")), nano),
      block(0x0bad, Buffer.alloc(2000)),
      packet(0, high, low, query, option(2, n32(2))),
      simple(answer),
      block(4, Buffer.alloc(40)),
      section(),
      capture(101),
      obsolete(0, 0, 1_000_000, query.subarray(14)),
    ]);
    expect(PacketReader.sniff(file)).toBe(true);
    for (const size of [1 << 20, 64, 3]) {
      const { events, reader } = readAll(file, { size });
      expect(reader.problems).toEqual([]);
      expect(events.map((e) => [e.action, e.time, e.ns, e.line])).toEqual([
        ["dns.query", 1795319188_123456, 789, 1],
        ["dns.answer", Number.NaN, 0, 2],
        ["dns.query", 1_000_000, 0, 3],
      ]);
      expect(events[0]!.fields).toMatchObject({ "interface.name": "veth0", "packet.direction": "Out" });
      expect(events[2]!.fields["interface.name"]).toBeUndefined();
      const record = file.subarray(events[0]!.offset, events[0]!.offset + events[0]!.length);
      expect(record.includes(query)).toBe(true);
      expect(record.length).toBe(32 + Math.ceil(query.length / 4) * 4 + 12);
    }
  });

  it("reads time in halves of seconds, and its offset", () => {
    const { section, capture, packet, option } = ng();
    const halves = option(9, Buffer.from([0x81]));
    const offset = option(14, Buffer.from([100, 0, 0, 0, 0, 0, 0, 0]));
    const { events } = readAll(
      Buffer.concat([section(), capture(1, halves, offset), packet(0, 0, 7, query)]),
    );
    expect(events[0]!.time).toBe(103_500_000);
  });

  it("counts what the kernel dropped", () => {
    const { section, capture, block, option, n32 } = ng();
    const drops = option(5, Buffer.from([12, 0, 0, 0, 0, 0, 0, 0]));
    const statistics = block(5, Buffer.concat([n32(0), n32(0), n32(0), drops, hex("00000000")]));
    const { events } = readAll(
      Buffer.concat([section(), capture(1, option(2, Buffer.from("eth0"))), statistics]),
    );
    expect(events).toMatchObject([
      { action: "capture.marker", fields: { "capture.dropped": 12, "interface.name": "eth0" } },
    ]);
  });

  it("reports packets of interfaces that were never described, and reads on", () => {
    const { section, capture, packet } = ng();
    const file = Buffer.concat([section(), capture(1), packet(9, 0, 0, query), packet(0, 0, 0, answer)]);
    const { events, reader } = readAll(file);
    expect(events).toMatchObject([{ action: "dns.answer", line: 2 }]);
    expect(reader).toMatchObject({ records: 2, parsed: 1, unparsed: 1 });
    expect(messages(file)).toEqual(["packet 1: interface 9 was never described; it is skipped"]);
  });

  it("resumes behind a damaged block", () => {
    const { section, capture, packet } = ng();
    const first = Buffer.concat([section(), capture(1)]);
    const broken = packet(0, 0, 0, query);
    broken.writeUInt32LE(0xfffffff0, 4);
    const file = Buffer.concat([first, broken, packet(0, 0, 0, answer), packet(0, 0, 0, query)]);
    for (const size of [1 << 20, 50, 1]) {
      const { events, reader } = readAll(file, { size });
      expect(events.map((e) => e.action)).toEqual(["capture.marker", "dns.answer", "dns.query"]);
      expect(events[0]).toMatchObject({ fields: { "capture.skipped": broken.length }, offset: first.length });
      expect(reader.problems.map((p) => p.message)).toEqual([
        `after packet 0: a block of type 6 cannot be 4294967280 bytes long; ${broken.length} bytes are skipped, reading resumes at byte ${first.length + broken.length}`,
      ]);
    }
  });

  it("resumes behind a block whose length goes beyond the end of the file", () => {
    const { section, capture, packet } = ng();
    const broken = packet(0, 0, 0, query);
    broken.writeUInt32LE(200000, 4);
    const file = Buffer.concat([section(), capture(1), broken, packet(0, 0, 0, answer)]);
    expect(readAll(file).events.map((e) => e.action)).toEqual(["capture.marker", "dns.answer"]);
    expect(messages(file)[0]).toMatch(
      /^after packet 0: a block of 200000 bytes goes beyond the end of the file; .* resumes/,
    );
  });

  it("says that the end is missing", () => {
    const { section, capture, packet } = ng();
    const file = Buffer.concat([section(), capture(1), packet(0, 0, 0, answer), packet(0, 0, 0, query)]);
    expect(messages(file.subarray(0, file.length - 30))[0]).toMatch(
      /^after packet 1: the file ends inside a block/,
    );
  });
});

describe("what the caller wants", () => {
  it("gives only that, and counts the rest as read", () => {
    const file = readFileSync(new URL("fixtures/eth0-nano.pcap", import.meta.url));
    const all = readAll(file);
    const unwanted = new Set(["tcp.data", "dns.answer", "http.message"]);
    const some = readAll(file, { wants: (kind) => !unwanted.has(kind) });
    expect(some.reader).toMatchObject({ records: all.reader.records, parsed: all.reader.parsed });
    expect([some.reader.from, some.reader.to]).toEqual([all.events[0]!.time, all.events.at(-1)!.time]);
    const left = all.events.filter((e) => {
      const data = e.action === "tcp.segment" && !/[SFR]/.test(String(e.fields["tcp.flags"]));
      return !data && e.action !== "dns.answer";
    });
    expect(some.events).toEqual(left);
    expect(left.length).toBeLessThan(all.events.length);
  });
});
