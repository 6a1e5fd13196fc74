import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { misplaced, readText } from "../read-text.js";
import { readJournal } from "./binary/read-journal.js";
import { LZ4, type WriterOptions, written, XZ, ZSTD } from "./binary/writer.js";
import { type Entry, printed } from "./modes.js";

const BASE = 1_700_000_000_000_000;

function entry(i: number, message: string | Buffer, more: Entry = []): Entry {
  const time = BASE + i * 1_500_000;
  return [
    ["__CURSOR", `s=0a1b2c;i=${i.toString(16)};b=ffee;m=${i};t=${time.toString(16)};x=1`],
    ["__REALTIME_TIMESTAMP", String(time)],
    ["__MONOTONIC_TIMESTAMP", String(i * 1000)],
    ["_HOSTNAME", "build-7"],
    ["PRIORITY", "6"],
    ["MESSAGE", message],
    ...more,
  ];
}

const DOCKERD: Entry = [
  ["SYSLOG_IDENTIFIER", "dockerd"],
  ["_PID", "611"],
  ["_COMM", "dockerd"],
];
const KERNEL: Entry = [
  ["SYSLOG_IDENTIFIER", "kernel"],
  ["_TRANSPORT", "kernel"],
];

const JOURNAL: Entry[] = [
  entry(1, "Started Docker Application Container Engine.", [
    ["_COMM", "systemd"],
    ["_PID", "1"],
  ]),
  entry(2, 'time="2023-11-14T22:13:22.900000001Z" level=debug msg="Calling POST /images/create"', DOCKERD),
  entry(
    3,
    'time="2023-11-14T22:13:24.4Z" level=error msg="Handler for POST /images/create returned error: Get \\"https://hub.lan.test/v2/\\": dial tcp: lookup hub.lan.test on 10.9.0.3:53: read udp 10.9.0.7:40112->10.9.0.3:53: i/o timeout"',
    DOCKERD,
  ),
  entry(4, "br-lan: port 2(veth1a2b) entered disabled state", KERNEL),
  entry(
    5,
    "panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:42\n__CURSOR=none of an entry",
    DOCKERD,
  ),
  entry(6, "br-lan: port 2(veth1a2b) entered forwarding state", KERNEL),
  entry(7, "naïve café ☕ déjà vu", DOCKERD),
];

const COLOURED = entry(
  8,
  Buffer.from(
    "\x1b[31mlookup hub.lan.test on 10.9.0.3:53: read udp 10.9.0.7:40113->10.9.0.3:53: i/o timeout\x1b[0m",
  ),
  DOCKERD,
);

const told = ({ action, time, ns, fields }: Event) => {
  const { "@timestamp": _, "@timestamp.kind": __, ...rest } = fields;
  return { action, time, ns, ...rest };
};
const reference = (entries: readonly Entry[]) => readText(printed(entries)["json"]!).events.map(told);

describe("one journal in all of journalctl's modes", () => {
  it.each(Object.keys(printed(JOURNAL)))("%s gives the same events", (mode) => {
    const bytes = printed(JOURNAL)[mode]!;
    const { events, records, reader } = readText(bytes);
    expect(events.filter(({ action }) => action !== "log.separator").map(told)).toEqual(reference(JOURNAL));
    expect(reader.unparsed).toBe(0);
    expect(reader.problems).toEqual([]);
    expect(misplaced(bytes, records)).toEqual([]);
  });

  it.each(Object.keys(printed(JOURNAL)))("%s is read alike in small pieces", (mode) => {
    const bytes = printed(JOURNAL)[mode]!;
    for (const size of [1, 7, 64, 333]) {
      const { events, records } = readText(bytes, size);
      expect(events).toEqual(readText(bytes).events);
      expect(misplaced(bytes, records)).toEqual([]);
    }
  });

  it("gives what the short form gives", () => {
    const short = [
      "Nov 14 22:13:21.500000 build-7 systemd[1]: Started Docker Application Container Engine.",
      'Nov 14 22:13:23.000000 build-7 dockerd[611]: time="2023-11-14T22:13:22.900000001Z" level=debug msg="Calling POST /images/create"',
      `Nov 14 22:13:24.500000 build-7 dockerd[611]: ${JOURNAL[2]![5]![1]}`,
      "Nov 14 22:13:26.000000 build-7 kernel: br-lan: port 2(veth1a2b) entered disabled state",
    ];
    const { events } = readText(`${short.join("\n")}\n`);
    const known = readText(printed(JOURNAL.slice(0, 4))["json"]!).events;
    const plain = ({ action, fields }: Event) =>
      Object.entries({ ...fields, action }).filter(
        ([name, value]) => value !== undefined && !name.startsWith("@"),
      );
    expect(events.map((event) => plain(event).sort())).toEqual(known.map((event) => plain(event).sort()));
  });

  it("reads the error out of a coloured message, which journalctl gives as bytes", () => {
    for (const mode of ["json", "json-pretty", "export"]) {
      const { events } = readText(printed([COLOURED])[mode]!);
      expect(events.map(({ action, fields }) => [action, fields["dns.server.ip"]])).toEqual([
        ["dns.error", "10.9.0.3"],
      ]);
    }
  });

  it("takes the last of a repeated field, as the short form does", () => {
    const twice = entry(9, "first", [...DOCKERD, ["SYSLOG_IDENTIFIER", "dockerd-2"]]);
    for (const mode of ["json", "json-pretty", "export", "verbose"]) {
      const { events } = readText(printed([twice])[mode]!);
      expect(events.map(({ fields }) => fields["process.name"])).toEqual(["dockerd-2"]);
    }
  });

  it("prefers the sender's time to journald's", () => {
    const sent = entry(10, "x", [["_SOURCE_REALTIME_TIMESTAMP", String(BASE + 42)]]);
    for (const mode of ["json", "export", "verbose"])
      expect(readText(printed([sent])[mode]!).events.map(({ time }) => time)).toEqual([BASE + 42]);
  });

  it("knows an entry whose message was left out for its length", () => {
    const line = `{"__REALTIME_TIMESTAMP":"${BASE}","_HOSTNAME":"build-7","MESSAGE":null,"_PID":"7"}\n`;
    const { events, reader } = readText(line);
    expect(events.map(({ time, fields }) => [time, fields["process.pid"], fields["message"]])).toEqual([
      [BASE, 7, undefined],
    ]);
    expect(reader.unparsed).toBe(0);
  });
});

const FORMATS: Record<string, WriterOptions> = {
  regular: {},
  compact: { compact: true },
  "with zstd": { packing: ZSTD },
  "with lz4": { packing: LZ4, compact: true },
  "with xz": { packing: XZ },
  "that is being written": { online: true },
};

describe("the same journal as a file", () => {
  it.each(Object.entries(FORMATS))("%s gives the same events", async (_, options) => {
    const { bytes, entries } = written([...JOURNAL, COLOURED], options);
    const { events, problems, assembly } = await readJournal(bytes);
    expect(events.map(told)).toEqual(reference([...JOURNAL, COLOURED]));
    expect(problems).toEqual([]);
    expect([assembly.records, assembly.parsed]).toEqual([JOURNAL.length + 1, JOURNAL.length + 1]);
    // An event cites its entry: by its place, and as the how manieth it is.
    for (const { line, offset } of events) expect(offset).toBe(entries[line - 1]);
  });

  it.each(Object.entries(FORMATS))(
    "%s gives what is wanted of it, whatever is passed over",
    async (_, options) => {
      const wants = (action: string) => action === "dns.error" || action === "bridge.port_state";
      const { bytes } = written([...JOURNAL, ...JOURNAL, COLOURED, ...JOURNAL], options);
      const all = await readJournal(bytes, { wants, everyStamp: false });
      const literals = ["i/o timeout", ": port "];
      for (const blockBytes of [8 << 10, 64 << 10, 1 << 20]) {
        const some = await readJournal(bytes, { wants, literals, blockBytes, everyStamp: false });
        expect(some.events).toEqual(all.events);
        expect(some.events).toHaveLength(10);
        expect([some.assembly.from, some.assembly.to]).toEqual([all.assembly.from, all.assembly.to]);
        expect(some.entries.size).toBeLessThan(all.entries.size);
      }
    },
  );

  it("takes the last of a repeated field", async () => {
    const twice = entry(9, "first", [...DOCKERD, ["SYSLOG_IDENTIFIER", "dockerd-2"]]);
    const { events } = await readJournal(written([twice]).bytes);
    expect(events.map(({ fields }) => fields["process.name"])).toEqual(["dockerd-2"]);
  });
});
