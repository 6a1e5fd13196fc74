import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { linkCaptures } from "./links.js";
import { readAll } from "./read.js";
import { variety } from "./variety.js";

// Captures as other programs write them again: the same packets, so the same events.
const hasTools = ["editcap", "mergecap", "text2pcap", "tcpdump"].every(
  (tool) => spawnSync(tool, ["-h"]).error === undefined,
);

const shown = ({ action, time, ns, fields }: Event) => {
  const { "interface.name": _name, ...rest } = fields;
  return [action, time, ns, JSON.stringify(rest)];
};
const packetsOf = (events: readonly Event[]) => events.filter(({ action }) => action !== "capture.marker");

(hasTools ? describe : describe.skip)("a capture that was written again", () => {
  const whole = variety();
  const expected = readAll(whole).events.map(shown);
  let folder = "";
  let original = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "packets-"));
    original = join(folder, "original.pcap");
    writeFileSync(original, whole);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (tool: string, ...args: string[]): Buffer => {
    const path = join(folder, "written");
    const { status, stderr } = spawnSync(
      tool,
      args.map((arg) => (arg === "OUT" ? path : arg === "IN" ? original : arg)),
    );
    if (status !== 0) throw new Error(`${tool}: ${stderr}`);
    return readFileSync(path);
  };

  it.each([
    ["editcap, pcapng", "editcap", ["-F", "pcapng", "IN", "OUT"]],
    ["editcap, ns", "editcap", ["-F", "nsecpcap", "IN", "OUT"]],
    ["editcap, Kuznetzov's", "editcap", ["-F", "modpcap", "IN", "OUT"]],
    ["editcap, Nokia's", "editcap", ["-F", "nokiapcap", "IN", "OUT"]],
    ["editcap, Red Hat 6.1's", "editcap", ["-F", "rh6_1pcap", "IN", "OUT"]],
    ["editcap, SuSE 6.3's", "editcap", ["-F", "suse6_3pcap", "IN", "OUT"]],
    ["tcpdump", "tcpdump", ["-r", "IN", "-w", "OUT"]],
  ])("by %s", (_name, tool, args) => {
    const { events, reader } = readAll(run(tool, ...args));
    expect(reader.problems.filter(({ message }) => !/fragment/.test(message))).toEqual([]);
    expect(packetsOf(events).map(shown)).toEqual(expected);
  });

  it("with comments that somebody added", () => {
    const { events } = readAll(
      run("editcap", "-a", "3:look here", "--capture-comment", "from node 7", "IN", "OUT"),
    );
    const comments = events.flatMap(({ line, fields }) =>
      fields["capture.comment"] ? [[line, fields["capture.comment"]]] : [],
    );
    expect(comments).toEqual([
      [1, "from node 7"],
      [2, "look here"],
    ]);
    expect(packetsOf(events).map(shown)).toEqual(expected);
  });

  it("cut to a snap length, is no other packet", () => {
    const { events } = readAll(run("editcap", "-s", "70", "IN", "OUT"));
    const before = new Map(readAll(whole).events.map((event) => [event.line, event]));
    for (const { line, fields } of events) {
      const full = before.get(line)!.fields;
      expect([fields["source.ip"], fields["dns.id"] ?? full["dns.id"]]).toEqual([
        full["source.ip"],
        full["dns.id"],
      ]);
      expect(String(full["dns.question.name"]).startsWith(String(fields["dns.question.name"] ?? ""))).toBe(
        true,
      );
    }
    expect(events.length).toBeGreaterThan(80);
  });

  it("merged with captures of other link layers, packet by packet", () => {
    const parts = linkCaptures().filter(([name]) => !/166/.test(name));
    const paths = parts.map(([, bytes], i) => {
      const path = join(folder, `part-${i}.pcap`);
      writeFileSync(path, bytes);
      return path;
    });
    const { events } = readAll(run("mergecap", "-a", "-w", "OUT", ...paths));
    expect(events.map(shown)).toEqual(parts.flatMap(([, bytes]) => readAll(bytes).events.map(shown)));
  });

  it("made of a hex dump", () => {
    const dump = spawnSync("tcpdump", ["-r", original, "-xx", "-n", "-t", "-c", "1"], {
      encoding: "latin1",
    }).stdout;
    const hex = dump
      .split("\n")
      .flatMap(
        (line) =>
          /^\t0x([0-9a-f]{4}): {2}([0-9a-f ]+)/
            .exec(line)
            ?.slice(1)
            .join(" ")
            .replace(/(?<= )([0-9a-f]{2})([0-9a-f]{2})/g, "$1 $2") ?? [],
      )
      .join("\n");
    const path = join(folder, "dump.txt");
    writeFileSync(path, `${hex}\n`);
    const [event] = packetsOf(readAll(run("text2pcap", "-q", path, "OUT")).events);
    expect([event!.action, event!.fields["dns.question.name"]]).toEqual(["dns.query", "registry.corp.test"]);
  });
});
