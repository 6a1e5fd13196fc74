import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { type Surveyed, survey, toolboxOf } from "../../src/run/survey.js";

const toolbox = toolboxOf(grammars);
const root = path.join(import.meta.dirname, "../..");

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "detection-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const surveyOf = (file: string): Promise<Surveyed> =>
  survey({ absolute: file, shown: path.basename(file), bytes: fs.statSync(file).size }, 0, toolbox);

/** What a file was taken for: the format that comes first, or what it is if not text. */
const verdictOf = ({ kind, source, detection }: Surveyed): string =>
  detection.ranked[0]?.grammar.name ?? (kind === "text" ? "no format" : source.format);

function write(name: string, bytes: Buffer | string): string {
  const file = path.join(dir, name);
  fs.writeFileSync(file, bytes);
  return file;
}

/** The files of a folder and of those in it, each `every`th by name. */
const filesIn = (folder: string, every: number): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile() && !/TRUTH|truth|expected\.json|\.md$/.test(file))
    .filter((_, i) => i % every === 0);

/** Recorded evidence, when it lies beside the project: not part of the repository. */
const CAPTURES = path.join(root, "../shared/captures");
const evidence = [
  ...filesIn(path.join(root, "fixtures/incidents"), 1),
  ...(fs.existsSync(CAPTURES) ? filesIn(CAPTURES, 25) : []),
];
const shown = (file: string) => path.relative(path.dirname(root), file);

/** The same order each time, and none that anybody would have chosen. */
function shuffled<T>(list: readonly T[]): T[] {
  const key = (i: number) => (i * 7919 + 13) % 10_007;
  return list
    .map((item, i) => ({ item, key: key(i) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Is nearly all of a file one format? Of pasted terminals and the like another part has other lines. */
const isPure = ({ detection: { ranked, records } }: Surveyed): boolean =>
  (ranked[0]?.claimed ?? 0) >= records * 0.8;

describe("what a file is", () => {
  const verdicts = new Map<string, string>();
  const pure = new Set<string>();
  beforeAll(async () => {
    for (const file of evidence) {
      const surveyed = await surveyOf(file);
      verdicts.set(file, verdictOf(surveyed));
      if (isPure(surveyed)) pure.add(file);
    }
  });

  it("is told of nearly all evidence", () => {
    const unknown = [...verdicts]
      .filter(([, verdict]) => verdict === "no format")
      .map(([file]) => shown(file));
    expect(unknown.length).toBeLessThan(evidence.length / 20);
  });

  it("does not depend on the files before it", async () => {
    const again: [string, string][] = [];
    for (const file of shuffled(evidence)) again.push([shown(file), verdictOf(await surveyOf(file))]);
    expect(Object.fromEntries(again)).toEqual(
      Object.fromEntries([...verdicts].map(([file, verdict]) => [shown(file), verdict])),
    );
  });

  it("does not depend on its name", async () => {
    const renamed: [string, string, string][] = [];
    const names = [
      "data",
      "x.strace",
      "y.pcap",
      "z.json",
      "resolv.conf",
      "messages.gz",
      "ä b.log",
      "journal",
    ];
    for (const [i, file] of evidence.entries()) {
      const other = path.join(dir, names[i % names.length]!);
      fs.copyFileSync(file, other);
      renamed.push([shown(file), verdicts.get(file)!, verdictOf(await surveyOf(other))]);
      fs.rmSync(other);
    }
    expect(renamed.filter(([, before, after]) => before !== after)).toEqual([]);
  });

  it("is the same when the end is missing: cut in a line, in the middle", async () => {
    const changed: unknown[] = [];
    for (const file of evidence) {
      const bytes = fs.readFileSync(file);
      const lines = bytes.toString("latin1").split("\n").length;
      if (!pure.has(file) || bytes.length < 2000 || lines < 20 || bytes.length > 1 << 20) continue;
      const half = verdictOf(await surveyOf(write("half", bytes.subarray(0, bytes.length >> 1))));
      if (half !== verdicts.get(file)) changed.push([shown(file), verdicts.get(file), half]);
    }
    expect(changed).toEqual([]);
  });

  it("is the same when the beginning is missing, for what has no heading: cut in a line", async () => {
    const changed: unknown[] = [];
    for (const file of evidence) {
      const bytes = fs.readFileSync(file);
      const verdict = verdicts.get(file)!;
      const lines = bytes.toString("latin1").split("\n").length;
      // Captures and packed files begin with what they are; tables name their columns in their first line.
      if (
        !pure.has(file) ||
        lines < 40 ||
        bytes.length > 1 << 20 ||
        isHeaded(verdict) ||
        /\.(gz|zst|pcap|pcapng|journal)$/.test(file)
      )
        continue;
      const late = verdictOf(await surveyOf(write("late", bytes.subarray(Math.floor(bytes.length / 3) + 5))));
      if (late !== verdict) changed.push([shown(file), verdict, late]);
    }
    expect(changed).toEqual([]);
  });
});

/** Of which formats the first line says what the others are. */
const isHeaded = (verdict: string): boolean =>
  /^(?:tshark-fields|wireshark-csv|pcap|pcapng|journal-file|tshark-(?:json|pdml|psml))$/.test(verdict) ||
  grammars.some(({ name, shapes }) => name === verdict && shapes.some((shape) => shape.after !== undefined));

/** Bytes that this process has read from files, as the kernel counts them (proc(5), /proc/PID/io). */
const bytesRead = (): number => Number(/^rchar: (\d+)/m.exec(fs.readFileSync("/proc/self/io", "utf8"))![1]);
const counting = fs.existsSync("/proc/self/io") ? describe : describe.skip;

counting("telling what a file is reads 1 MB of it at most", () => {
  const MOST = 1_000_000;
  const LARGE = 8 << 20;
  const journal = (i: number) =>
    `Nov 22 03:52:${10 + (i % 50)} corpdev1 docker[27065]: time="2026-11-22T03:52:32.${100_000_000 + i}Z" level=debug msg="Calling GET /v1.41/containers/${i}/json"\n`;
  const noise = (i: number) => `${Math.imul(i, 2_654_435_761) >>> 0} nobody's line number ${i}\n`;
  const repeated = (line: (i: number) => string) => {
    let text = "";
    for (let i = 0; text.length < 1 << 20; i++) text += line(i);
    return Buffer.concat(Array<Buffer>(LARGE >> 20).fill(Buffer.from(text, "latin1")));
  };
  const capture = () => {
    const packets = fs.readFileSync(path.join(root, "fixtures/incidents/lost-nat-rule/host_any.pcap"));
    const body = packets.subarray(24);
    return Buffer.concat([packets, ...Array<Buffer>(Math.ceil(LARGE / body.length)).fill(body)]);
  };

  it.each<[string, () => Buffer]>([
    ["a journal", () => repeated(journal)],
    ["lines of no format", () => repeated(noise)],
    ["one endless line", () => Buffer.alloc(LARGE, "abc ")],
    ["binary data", () => Buffer.alloc(LARGE, "\x00\x01\xfe\xff", "latin1")],
    ["a capture", capture],
    // Stored, not packed: the largest that a packed file can be.
    ["a gzip file", () => zlib.gzipSync(repeated(journal), { level: 0 })],
  ])("%s of 8 MB", async (_, bytes) => {
    const file = write("large", bytes());
    await surveyOf(file);
    const before = bytesRead();
    await surveyOf(file);
    // What /proc/self/io itself gives is counted, too.
    expect(bytesRead() - before).toBeLessThan(MOST);
    fs.rmSync(file);
  });
});
