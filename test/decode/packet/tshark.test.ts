import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readAll } from "./read.js";
import { joinedCaptures } from "./shared-captures.js";
import { type Dissected, differences, TSHARK_FIELDS } from "./tshark-fields.js";

// A second opinion on every field of every packet: tshark's.
const hasTshark = spawnSync("tshark", ["--version"]).status === 0;

/** Dissect each packet by itself: this decoder puts nothing together either. */
const ALONE = ["tcp.desegment_tcp_streams", "ip.defragment", "ipv6.defragment"].flatMap((name) => [
  "-o",
  `${name}:false`,
]);

function dissected(path: string): Dissected[] {
  const fields = TSHARK_FIELDS.flatMap((name) => ["-e", name]);
  const { stdout } = spawnSync("tshark", ["-r", path, "-n", ...ALONE, "-T", "json", ...fields], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const packets = JSON.parse(stdout) as { _source: { layers: Dissected } }[];
  return packets.map(({ _source }) => _source.layers);
}

(hasTshark ? describe : describe.skip)("every packet, field by field, as tshark reads it", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "packets-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(joinedCaptures())("%s", (_name, bytes) => {
    const path = join(folder, "capture");
    writeFileSync(path, bytes);
    const packets = dissected(path);
    const { events, reader } = readAll(bytes);
    expect(packets).toHaveLength(reader.records);
    // Of several messages in one segment tshark's first values are the first one's.
    const firsts = events.filter(({ line }, i) => i === 0 || events[i - 1]!.line !== line);
    expect(firsts.flatMap((event) => differences(event, packets[event.line - 1]!))).toEqual([]);
    // What is DNS here is DNS there; what an error quotes is none.
    const theirs = new Set(packets.flatMap((packet) => (packet["dns.id"] ? packet["frame.number"]! : [])));
    const ours = firsts.filter(({ action }) => action.startsWith("dns.")).map(({ line }) => String(line));
    expect(ours.filter((line) => !theirs.has(line))).toEqual([]);
  });
});
