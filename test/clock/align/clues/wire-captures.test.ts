import fs from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { clueKinds } from "../../../../src/clock/align/clues/index.js";
import { type Compared, cluesOf, compare, type Told } from "./looked.js";

const captures = "../shared/captures";
const withCaptures = fs.existsSync(captures) ? describe : describe.skip;

/** The seconds that a file's stamps count from, for those that count from something else than the epoch. */
type Origin = (path: string) => number;
const EPOCH: Origin = () => 0;

/** Widths of what each pair of files says of its clocks, seconds; and what would contradict the truth. */
interface Pairs {
  compared: (Compared & { a: string; b: string })[];
  wrong: string[];
}

/**
 * Compares each file with stamps with each other.
 * @param ahead how far a file's clock is ahead of the true time, in seconds
 */
function pairs(told: readonly Told[], ahead: Origin = EPOCH): Pairs {
  const compared: Pairs["compared"] = [];
  const wrong: string[] = [];
  const stamped = told.filter(({ unstamped }) => !unstamped);
  for (const [i, a] of stamped.entries()) {
    for (const b of stamped.slice(i + 1)) {
      const pair = compare(a, b);
      if (pair.shared === 0) continue;
      compared.push({ ...pair, a: a.path, b: b.path });
      const truth = ahead(a.path) - ahead(b.path);
      for (const { key, min, max } of pair.each)
        if (truth < min || truth > max) wrong.push(`${a.path} ${b.path} ${key} [${min}, ${max}]`);
    }
  }
  return { compared, wrong };
}

const look = async (folder: string, names?: (name: string) => boolean) => {
  const files = fs.readdirSync(`${captures}/${folder}`, { recursive: true, withFileTypes: true });
  return cluesOf(
    files
      .filter((file) => file.isFile() && !/truth/i.test(file.name) && (names?.(file.name) ?? true))
      .map((file) => `${file.parentPath}/${file.name}`),
    clueKinds,
  );
};

/** Of the texts of `a-dns-blackhole`, some count from the first packet: the capture's, or that of tshark beside it. */
function originOf(path: string): number {
  if (/live_summary/.test(path)) return 1795319186.707753;
  return /ttttt|summary\.txt|summary_d\.txt|dns\.psml/.test(path) ? 1795319186.20176 : 0;
}

/** Bounds of a pair, both ends known. */
const widthOf = ({ compared }: Pairs, a: string, b: string): number => {
  const pair = compared.find((one) => one.a.endsWith(a) && one.b.endsWith(b));
  return pair ? pair.max - pair.min : Number.NaN;
};

withCaptures("clues from packets and calls on evidence whose truth is known", () => {
  it("never contradict one clock, and bound it within a millisecond", async () => {
    const found = pairs(await look("e-skew-control"));
    expect(found.wrong).toEqual([]);
    for (const [a, b] of [
      ["1-dns-timeout-fallback.strace", "host_any.pcap"],
      ["1-dns-timeout-fallback.strace", "registry_eth0.pcap"],
      ["1-dns-timeout-fallback.strace", "docker.log"],
      ["3-healthy-v2-from-etc-hosts.strace", "host_any.pcap"],
      ["host_any.pcap", "registry_eth0.pcap"],
      ["host_any.pcap", "tcpdump_n_localtime.txt"],
    ] as const)
      expect([a, b, widthOf(found, a, b) <= 0.001]).toEqual([a, b, true]);
  });

  it("find a capture 1.25 s ahead and an access log 17 s behind", async () => {
    const ahead: Origin = (path) =>
      path.endsWith("host_any.pcap") ? 1.25 : path.endsWith("nginx_access.log") ? -17 : 0;
    const found = pairs(await look("e-skew-dev"), ahead);
    expect(found.wrong).toEqual([]);
    expect(widthOf(found, "1-dns-timeout-fallback.strace", "host_any.pcap")).toBeLessThanOrEqual(0.001);
  });

  it("tie traces with all flags to captures and texts of all forms", async () => {
    const told = await look("a-dns-blackhole");
    const found = pairs(told, (path) => -originOf(path));
    expect(found.wrong).toEqual([]);
    const traces = found.compared.filter(({ a, b }) => a.endsWith("any.pcap") && b.endsWith(".strace"));
    expect(traces.length).toBeGreaterThanOrEqual(24);
    const wide = traces.filter(({ min, max }) => !(max - min <= 0.001)).map(({ b }) => b.split("/").at(-1));
    expect(wide).toEqual(["t.strace"]);
  });

  it.each(["b-dns-outcomes", "c-lost-nat"])(
    "hold in %s, on both sides of translated addresses",
    async (folder) => {
      const found = pairs(await look(folder));
      expect(found.wrong).toEqual([]);
      expect(found.compared.filter(({ min, max }) => max - min <= 0.001).length).toBeGreaterThan(10);
    },
  );

  it("have lines where a trace has no stamps", async () => {
    const told = await look("a-dns-blackhole", (name) => /^(plain\.strace|any\.pcap)$/.test(name));
    const plain = told.find(({ unstamped }) => unstamped)!;
    const capture = told.find(({ unstamped }) => !unstamped)!;
    const shared = [...plain.clues].filter(([key]) => key.startsWith("dns.") && capture.clues.has(key));
    expect(shared.length).toBeGreaterThanOrEqual(8);
    // In the order of the lines the capture saw them: a question before its answer, the first server before the second.
    const seen = shared
      .filter(([key]) => key.startsWith("dns.question.sent"))
      .map(([key, [clue]]) => ({ line: clue!.lo, next: clue!.hi, time: capture.clues.get(key)![0]!.hi }));
    expect(seen.map(({ next, line }) => next - line)).toEqual([1, 1, 1, 1]);
    const byLine = [...seen].sort((a, b) => a.line - b.line || a.time - b.time);
    const byTime = [...seen].sort((a, b) => a.time - b.time);
    expect(byLine).toEqual(byTime);
  });
});
