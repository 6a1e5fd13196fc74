import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { RecordCutter } from "../../src/decode/packet/cutter.js";
import type { CaptureInterface, CaptureNote } from "../../src/decode/packet/framer.js";
import { type CapturedPacket, PcapngWriter } from "../../src/export/pcapng.js";
import { NOON } from "./samples.js";

const LINUX_SLL2 = 276;
const ETHERNET = 1;

const packet = (given: Partial<CapturedPacket> = {}): CapturedPacket => ({
  on: { linkType: ETHERNET, name: "eth0", source: "a.pcap" },
  time: NOON,
  ns: 7,
  bytes: Uint8Array.from({ length: 61 }, (_, i) => i),
  original: 1500,
  comment: "a.pcap: packet 3; cited by lost-nat-1",
  ...given,
});

function written(packets: readonly CapturedPacket[]): Buffer {
  const writer = new PcapngWriter();
  return Buffer.concat([writer.begin("hindcast test"), ...packets.map((each) => writer.packet(each))]);
}

interface Read {
  bytes: number[];
  original: number;
  time: number;
  ns: number;
  capture: CaptureInterface;
  direction: string | undefined;
}

/** What a reader of pcapng finds in it. */
function read(file: Buffer): { packets: Read[]; problems: string[]; notes: CaptureNote[] } {
  const [packets, problems, notes]: [Read[], string[], CaptureNote[]] = [[], [], []];
  const cutter = new RecordCutter({
    get nextPacket() {
      return packets.length + 1;
    },
    packet: (bytes, from, to, original, time, ns, capture, direction) => {
      packets.push({
        bytes: [...bytes.subarray(from, to)],
        original,
        time,
        ns,
        capture: { ...capture },
        direction,
      });
    },
    noted: (note) => notes.push(note),
    lost: (_, reason) => problems.push(reason),
    problem: (_, message) => problems.push(message),
  });
  cutter.push(file);
  cutter.end();
  return { packets, problems, notes };
}

describe("a pcapng file", () => {
  it("holds packets byte for byte, with their stamps, lengths, interfaces and what cites them", () => {
    const given = [
      packet(),
      packet({ bytes: Uint8Array.of(1, 2, 3, 4), original: 4, direction: "Out" }),
      packet({ on: { linkType: LINUX_SLL2, name: undefined, source: "b.pcap" }, time: NOON + 1, ns: 999 }),
    ];
    const { packets, problems, notes } = read(written(given));
    expect(problems).toEqual([]);
    expect(packets).toMatchObject(
      given.map(({ on, time, ns, bytes, original }) => ({
        bytes: [...bytes],
        original,
        time,
        ns,
        capture: { linkType: on.linkType, name: on.name },
      })),
    );
    expect(packets[1]!.direction).toBe("Out");
    expect(notes.some(({ comment }) => comment === "a.pcap: packet 3; cited by lost-nat-1")).toBe(true);
  });

  it("is a file also without packets", () => {
    expect(read(written([]))).toMatchObject({ packets: [], problems: [] });
  });

  it("cuts comments that do not fit", () => {
    expect(read(written([packet({ comment: "x".repeat(100_000) })])).problems).toEqual([]);
  });

  it("knows of several link types", () => {
    const writer = new PcapngWriter();
    writer.packet(packet());
    expect(writer.linkTypes.size).toBe(1);
    writer.packet(packet({ on: { linkType: LINUX_SLL2, name: undefined, source: "b" } }));
    expect(writer.linkTypes.size).toBe(2);
  });
});

const has = (tool: string) => spawnSync(tool, ["--version"]).error === undefined;

(has("tshark") && has("tcpdump") ? describe : describe.skip)("other programs", () => {
  let dir: string;
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "pcapng-"));
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  it("read it: tshark all of it, tcpdump where all is of one link type", () => {
    const file = path.join(dir, "cited.pcapng");
    fs.writeFileSync(
      file,
      written([packet(), packet({ on: { linkType: ETHERNET, name: "br0", source: "b" } })]),
    );
    const fields = ["frame.time_epoch", "frame.interface_name", "frame.len", "frame.comment"];
    const shark = spawnSync(
      "tshark",
      ["-r", file, "-T", "fields", ...fields.flatMap((field) => ["-e", field])],
      {
        encoding: "utf8",
      },
    );
    const [first, second] = shark.stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(first!.slice(1)).toEqual(["eth0", "1500", "a.pcap: packet 3; cited by lost-nat-1"]);
    expect(first![0]).toContain(".526690007");
    expect(second![1]).toBe("br0");
    const dump = spawnSync("tcpdump", ["-nn", "-r", file], { encoding: "utf8" });
    expect(dump.status).toBe(0);
  });
});
