import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../../src/grammar/generated.js";
import { renderJson } from "../../../src/report/json.js";
import type { Study } from "../../../src/report/study.js";
import { rules } from "../../../src/rules/generated.js";
import { analyze } from "../../../src/run/analyze.js";
import { study as run, type StudyOptions } from "../../../src/run/study/study.js";
import { buildThreadFile } from "../threads.js";

const INCIDENTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../fixtures/incidents");
const BAD_DNS = path.join(INCIDENTS, "docker-bad-dns");
const LOST_NAT = path.join(INCIDENTS, "lost-nat-rule");

const common = { grammars, rules, version: "test", jobs: 1 };
const study = (evidence: string, options: Partial<StudyOptions> = {}) =>
  run([evidence], { ...common, ...options });
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

let dir: string;
let badDns: Study;
let lostNat: Study;
beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "study-"));
  badDns = await study(BAD_DNS);
  lostNat = await study(LOST_NAT);
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** An archive of one file (POSIX ustar). */
function tarOf(name: string, bytes: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write("0000644\0", 100);
  header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
  // The sum is taken with spaces in its own place.
  header.write("        0ustar\0", 148);
  const checksum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc(512 - (bytes.length % 512) + 1024)]);
}

/** The density of all of a source. */
const wholeOf = ({ picture }: Study, source: string) =>
  picture.densities.filter((density) => density.source === source).sort((a, b) => b.width - a.width)[0];

describe("a study", () => {
  it("holds the report that an analysis gives, byte for byte", async () => {
    expect(renderJson(badDns.report)).toBe(renderJson(await analyze([BAD_DNS], common)));
    const fast = await study(LOST_NAT, { limits: { exactBytes: 0 } });
    expect(renderJson(fast.report)).toBe(renderJson(lostNat.report));
  });

  it("is the same however many threads read, with little evidence and with much", async () => {
    const threadFile = await buildThreadFile();
    const tuning = { aloneBelow: 0, stretchBytes: 4096, patient: true, threadFile };
    try {
      for (const exactBytes of [1 << 20, 0]) {
        const limits = { exactBytes };
        const alone = JSON.stringify(await study(BAD_DNS, { limits }));
        for (const jobs of [2, 7])
          expect(JSON.stringify(await study(BAD_DNS, { limits, jobs, tuning }))).toBe(alone);
      }
    } finally {
      fs.rmSync(path.dirname(threadFile), { recursive: true });
    }
  });

  it("survives JSON whole", () => {
    expect(JSON.parse(JSON.stringify(lostNat))).toEqual(lostNat);
  });
});

describe("densities", () => {
  it("count each record that has a time, once", () => {
    for (const { path: source, records, unparsed } of badDns.report.sources) {
      const density = wholeOf(badDns, source);
      if (badDns.report.unplaced.some((unplaced) => unplaced.source === source)) {
        expect(density).toBeUndefined();
        continue;
      }
      expect([source, sum(density!.counts)]).toEqual([source, records - unparsed]);
      expect(density!.estimated).toBeUndefined();
    }
    const { densities, totals } = badDns.picture;
    const sources = new Set(densities.map(({ source }) => source));
    expect(totals.records).toBe(sum([...sources].map((source) => sum(wholeOf(badDns, source)!.counts))));
  });

  it("count all records of large sources too, between the stamps that were looked at", async () => {
    const fast = await study(BAD_DNS, { limits: { exactBytes: 0 } });
    const density = wholeOf(fast, "docker-daemon.strace")!;
    expect(density.estimated).toBe(true);
    expect(sum(density.counts)).toBe(
      fast.report.sources.find(({ path: source }) => source === density.source)!.records,
    );
  });

  it("lie in whole bins behind the origin, within the picture's length", () => {
    const { densities, length } = lostNat.picture;
    for (const { first, width, counts } of densities) {
      expect(Number.isInteger(first) && first >= 0).toBe(true);
      expect((first + counts.length - 1) * width).toBeLessThanOrEqual(length);
    }
  });
});

describe("bars and marks", () => {
  it("tell of a look-up: whom it asked, how it ended, when, and which finding cites it", () => {
    const leg = badDns.picture.bars.find(({ findingIds }) => findingIds.includes("dns-timeout-1"))!;
    expect(leg).toMatchObject({
      source: "docker-daemon.strace",
      line: 1378,
      action: "dns.leg",
      outcome: "failure",
      entities: { resolver: "172.28.1.15" },
    });
    expect(leg.to.earliest - leg.from.earliest).toBeGreaterThan(5_000_000);
  });

  it("show the records that findings cite, and no times beyond the picture", () => {
    for (const { picture, report } of [badDns, lostNat]) {
      const marked = new Set(picture.marks.map(({ source, line }) => `${source}:${line}`));
      for (const { time, source, line } of report.timeline)
        if (time !== null) expect(marked).toContain(`${source}:${line}`);
      for (const { time, latest } of picture.marks) {
        expect(latest).toBeGreaterThanOrEqual(time);
        expect(latest).toBeLessThanOrEqual(picture.length);
      }
    }
  });

  it("keep those that findings cite where there is room for few, and say how many there were", async () => {
    const { bars, marks, totals } = (await study(BAD_DNS, { limits: { bars: 2, marks: 10 } })).picture;
    expect([bars.length, marks.length]).toEqual([2, 10]);
    for (const { findingIds } of [...bars, ...marks]) expect(findingIds.length).toBeGreaterThan(0);
    expect(totals).toEqual(badDns.picture.totals);
  });
});

describe("ladders", () => {
  it("show where packets left that should have been translated", () => {
    const ladder = lostNat.ladders.find(({ findingId }) => findingId === "lost-nat-1")!;
    expect(ladder.hops).toEqual(["veth0 In", "brtest In", "enp0s31f6 Out"]);
    expect(ladder.total).toBe(64);
    expect(ladder.packets).toHaveLength(12);
    expect(ladder.packets[0]).toMatchObject({
      label: "A? ok-20.lab.test, port 55027 → 53",
      at: ["seen", "seen", "seen"],
      addresses: Array(3).fill("10.12.10.42 → 192.168.55.53"),
      broken: 2,
    });
  });
});

describe("contexts", () => {
  const JOURNAL = fs.readFileSync(path.join(BAD_DNS, "journal.txt"));

  it("are there for each cited record", () => {
    const cited = new Set(
      badDns.report.findings.flatMap(({ evidence }) =>
        evidence.map(({ source, offset }) => `${source}:${offset}`),
      ),
    );
    expect(new Set(badDns.contexts.map(({ source, offset }) => `${source}:${offset}`))).toEqual(cited);
  });

  it("are the lines of the file; of captures, the packets", () => {
    const lines = JOURNAL.toString().split("\n");
    const journal = badDns.contexts.find(({ source, line }) => source === "journal.txt" && line === 5)!;
    expect([...journal.before, ...journal.after]).toEqual([...lines.slice(1, 4), ...lines.slice(5, 8)]);
    const packet = badDns.contexts.find(({ source }) => source === "host_any.pcap")!;
    expect(packet.before[1]).toBe("ifindex 91 Out ARP, Request who-has 172.28.1.15 tell 172.28.55.39");
    expect(packet.after).toHaveLength(3);
  });

  it("are the same in a packed file and in an archive", async () => {
    const write = (name: string, bytes: Buffer) => {
      fs.writeFileSync(path.join(dir, name), bytes);
      return path.join(dir, name);
    };
    const linesOf = async (file: string) =>
      (await study(file)).contexts.map(({ line, before, after }) => ({ line, before, after }));
    const plain = await linesOf(write("journal.txt", JOURNAL));
    expect(plain.length).toBeGreaterThan(3);
    expect(await linesOf(write("journal.txt.gz", zlib.gzipSync(JOURNAL)))).toEqual(plain);
    expect(await linesOf(write("logs.tar", tarOf("journal.txt", JOURNAL)))).toEqual(plain);
  });
});
