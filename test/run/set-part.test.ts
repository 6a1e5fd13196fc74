import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it, jest } from "@jest/globals";
import { clueKinds } from "../../src/clock/align/clues/index.js";
import { inferClocks } from "../../src/clock/infer.js";
import { grammars } from "../../src/grammar/generated.js";
import type { Event } from "../../src/model/event.js";
import { candidates, look } from "../../src/run/align/look.js";
import { contextOf } from "../../src/run/context.js";
import { findFiles } from "../../src/run/found.js";
import { observations } from "../../src/run/hosts.js";
import { type Surveyed, survey, toolboxOf } from "../../src/run/survey.js";
import { setLane, traceSets } from "../../src/run/trace-sets.js";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "parts-"));
afterAll(() => fs.rmSync(root, { recursive: true }));

const toolbox = toolboxOf(grammars);
const WANTED = new Set(["dns.query", "dns.answer"]);

/** A stamp so many ms after ten. */
const at = (ms: number) => new Date(Date.UTC(1970, 0, 1, 10) + ms).toISOString().slice(11, 23);
const octal = (byte: number) => `\\${byte.toString(8).padStart(3, "0")}`;
const SERVER = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}';

/** A question with this number, which is asked at `ms`. */
const asks = (ms: number, id: number) => [
  `${at(ms)}000 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 7`,
  `${at(ms)}100 connect(7, ${SERVER}, 16) = 0`,
  `${at(ms)}200 sendto(7, "${octal(id >> 8)}${octal(id & 255)}\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\3web\\7example\\0\\0\\1\\0\\1", 29, MSG_NOSIGNAL, NULL, 0) = 29`,
  `${at(ms)}300 close(7) = 0`,
];
/** A call that tells of nothing. */
const idles = (ms: number) => [`${at(ms)}000 futex(0xc000${ms.toString(16)}48, FUTEX_WAKE_PRIVATE, 1) = 1`];

/** Writes the files of a set, by the numbers of their threads, in a folder of its own; other files beside them. */
function written(
  name: string,
  threads: Record<number, string[]>,
  beside: Record<string, string> = {},
): string {
  const folder = path.join(root, name);
  fs.mkdirSync(folder);
  for (const [thread, lines] of Object.entries(threads))
    fs.writeFileSync(path.join(folder, `web.${thread}`), `${lines.join("\n")}\n`);
  for (const [file, text] of Object.entries(beside)) fs.writeFileSync(path.join(folder, file), text);
  return folder;
}

async function surveyedIn(folder: string) {
  const found = await findFiles([folder], undefined);
  const surveyed: Surveyed[] = [];
  for (const [id, file] of found.files.entries()) surveyed.push(await survey(file, id, toolbox));
  const clocks = inferClocks(observations(surveyed, found.links), { year: 2026 });
  return { surveyed, clocks, sets: traceSets(surveyed, clocks) };
}

/** Reads a set, or so many bytes of it. @returns its events as told, and how many bytes were read */
async function read(folder: string, most?: number): Promise<{ told: string[]; bytes: number }> {
  const { clocks, sets } = await surveyedIn(folder);
  let bytes = 0;
  const kit = { toolbox, wanted: WANTED, prefilter: true };
  const context = contextOf(kit, { progress: (more) => (bytes += more), chunkBytes: 64 << 10 });
  const part = most === undefined ? undefined : { most, isRead: () => bytes >= most };
  const told: string[] = [];
  expect(sets).toHaveLength(1);
  for await (const batch of setLane(sets[0]!, clocks, context, part).batches)
    for (const { action, time, fields } of batch as Event[])
      told.push(`${time} ${action} ${fields["dns.id"]}`);
  return { told, bytes };
}

const LENGTH = 6000;
const count = (step: number, of: (ms: number) => string[], from = 0) =>
  Array.from({ length: LENGTH }, (_, i) => of(from + i * step)).flat();

describe("a part of a trace in many files", () => {
  it("is the beginning of all of it, in the order of time", async () => {
    const folder = written("both", {
      100: count(20, (ms) => asks(ms, ms % 60_000)),
      101: count(30, (ms) => asks(ms + 5, (ms + 7) % 60_000)),
    });
    const all = await read(folder);
    for (const most of [100_000, 500_000, 1_500_000]) {
      const part = await read(folder, most);
      expect(part.told.length).toBeGreaterThan(most / 1000);
      expect(part.told).toEqual(all.told.slice(0, part.told.length));
      expect(part.bytes).toBeLessThanOrEqual(most + (64 << 10));
      expect(part.bytes).toBeGreaterThanOrEqual(most);
    }
    expect(all.told.length).toBeGreaterThan(LENGTH);
  });

  it("does not spend itself on a file that tells of nothing while the others are behind", async () => {
    const folder = written("quiet", {
      100: count(1, idles),
      101: count(1, (ms) => (ms % 50 === 0 ? asks(ms, ms % 60_000) : idles(ms))),
    });
    const all = await read(folder);
    const part = await read(folder, 200_000);
    expect(part.told.length).toBeGreaterThan(10);
    expect(part.told.length).toBeLessThan(all.told.length / 2);
    expect(part.told).toEqual(all.told.slice(0, part.told.length));
  });

  it("begins no file before its time has come", async () => {
    const threads: Record<number, string[]> = {};
    for (let n = 0; n < 100; n++)
      threads[100 + n] = Array.from({ length: 60 }, (_, i) => asks(n * 4000 + i * 60, n * 60 + i)).flat();
    const folder = written("in-turn", threads);
    const bytes = fs.statSync(path.join(folder, "web.100")).size;
    const part = await read(folder, 3 * bytes);
    expect(part.told.length).toBeGreaterThanOrEqual(2 * 60);
    expect(part.bytes).toBeLessThanOrEqual(4 * bytes);
  });
});

describe("the look at clocks", () => {
  it("reads of a set no more than of any other source: 12 MiB of text over all", async () => {
    // What it is looked at for, lines of the log that it wrote, is nowhere in it.
    const lines = Array.from(
      { length: 2200 },
      (_, i) => `${at(i * 10)}000 write(9, "${"x".repeat(4000)}", 4000) = 4000`,
    );
    const folder = written(
      "large",
      { 100: lines, 101: lines, 102: lines, 103: lines },
      { "docker.log": 'time="2026-11-22T10:00:00.123456789Z" level=info msg="begin"\n' },
    );
    const { surveyed, clocks, sets } = await surveyedIn(folder);
    expect(sets.map((set) => set.length)).toEqual([4]);
    const total = surveyed.reduce((sum, { file }) => sum + file.bytes, 0);
    expect(total).toBeGreaterThan(32 << 20);
    const readSync = jest.spyOn(fs, "readSync");
    const kit = { toolbox, wanted: undefined, prefilter: true };
    await look(candidates(surveyed, sets, clocks, clueKinds), clocks, kit, () => {});
    const bytes = readSync.mock.results.reduce((sum, { value }) => sum + Number(value), 0);
    readSync.mockRestore();
    expect(bytes).toBeGreaterThan(11 << 20);
    // In the first reading; what nearly every record tells of is not asked of traces.
    expect(bytes).toBeLessThan(13 << 20);
  });
});
