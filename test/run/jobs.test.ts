import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { renderJson } from "../../src/report/json.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze } from "../../src/run/analyze.js";
import type { RunStats } from "../../src/run/stats.js";
import { buildThreadFile } from "./threads.js";

const INCIDENTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../fixtures/incidents");

let threadFile: string;
let dir: string;
beforeAll(async () => {
  threadFile = await buildThreadFile();
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "jobs-"));
});
afterAll(() => {
  fs.rmSync(path.dirname(threadFile), { recursive: true });
  fs.rmSync(dir, { recursive: true });
});

/** The report, with files cut into stretches of so many bytes. */
async function report(
  folder: string,
  jobs: number,
  stretchBytes: number,
  options: Partial<AnalyzeOptions> = {},
) {
  let stats: RunStats | undefined;
  const tuning = { aloneBelow: 0, stretchBytes, patient: true, threadFile };
  const told = (stats_: RunStats) => {
    stats = stats_;
  };
  const result = await analyze([folder], {
    grammars,
    rules,
    version: "test",
    jobs,
    tuning,
    stats: told,
    ...options,
  });
  return { text: renderJson(result), stats: stats! };
}

it("gives the same report where the threads' program cannot be loaded", async () => {
  const broken = path.join(dir, "broken.mjs");
  fs.writeFileSync(broken, "throw new Error('no thread begins');");
  const folder = path.join(INCIDENTS, "docker-bad-dns");
  const tuning = { aloneBelow: 0, stretchBytes: 4096, patient: true, threadFile: broken };
  const { text, stats } = await report(folder, 3, 4096, { tuning });
  expect(text).toBe((await whole(folder)).text);
  expect(stats.readers.seconds).toBe(0);
});

/** As one thread gives it that reads every file in one go. */
const whole = (folder: string, options: Partial<AnalyzeOptions> = {}) => report(folder, 1, 1 << 30, options);

describe.each(fs.readdirSync(INCIDENTS).sort())("incident %s", (name) => {
  const folder = path.join(INCIDENTS, name);

  it("gives the same report however many threads read it, and however it is cut", async () => {
    const { text } = await whole(folder);
    expect((await report(folder, 1, 1000)).text).toBe(text);
    const { text: shared, stats } = await report(folder, 2, 4096);
    expect(shared).toBe(text);
    expect(stats.readers.threads).toBe(1);
    expect(stats.readers.seconds).toBeGreaterThan(0);
  });
});

/** Journal lines of a day, with records of several lines, odd ones, and a pull that falls back now and then. */
function journal(lines: number): string {
  const out: string[] = [];
  for (let i = 0; i < lines; i++) {
    const seconds = Math.floor(i / 20);
    const pad = (n: number) => String(n).padStart(2, "0");
    const clock = `${pad(Math.floor(seconds / 3600) % 24)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
    const say = (ms: number, msg: string) =>
      out.push(
        `Mar  2 ${clock} node-1 dockerd[27]: time="2026-03-02T${clock}.${String(ms).padStart(3, "0")}000000Z" level=debug msg="${msg}"`,
      );
    if (i % 97 === 0) {
      const image = `registry.example.net/team/app${i}`;
      say(1, `Trying to pull ${image} from https://registry.example.net v2`);
      say(
        2,
        "Error getting v2 registry: Get https://registry.example.net/v2/: net/http: request canceled while waiting for connection",
      );
      say(3, `Trying to pull ${image} from https://registry.example.net v1`);
    } else if (i % 31 === 0) out.push("    a line that continues the one before it", "\tand one more");
    else if (i % 53 === 0) out.push("no format claims this");
    else say(i % 1000, `Calling GET /v1.21/containers/${i}/json`);
  }
  return out.join(lineEnd(lines));
}

/** Long journals end their lines as Windows does. */
const lineEnd = (lines: number) => (lines > 1000 ? "\r\n" : "\n");

/** The capture with all its packets many times over, a second later each time. */
function repeatedCapture(times: number): Buffer {
  const capture = fs.readFileSync(path.join(INCIDENTS, "docker-bad-dns/host_any.pcap"));
  const little = capture.readUInt32LE(0) >>> 16 === 0xa1b2 || capture.readUInt32LE(0) === 0xa1b23c4d;
  const records = capture.subarray(24);
  const parts = [capture.subarray(0, 24)];
  for (let n = 0; n < times; n++) {
    const copy = Buffer.from(records);
    for (let at = 0; at < copy.length; ) {
      const length = little ? copy.readUInt32LE(at + 8) : copy.readUInt32BE(at + 8);
      const second = (little ? copy.readUInt32LE(at) : copy.readUInt32BE(at)) + 60 * n;
      if (little) copy.writeUInt32LE(second, at);
      else copy.writeUInt32BE(second, at);
      at += 16 + length;
    }
    parts.push(copy);
  }
  return Buffer.concat(parts);
}

describe("evidence that is cut in many places", () => {
  let text: string;
  beforeAll(async () => {
    fs.writeFileSync(path.join(dir, "long.log"), journal(3000));
    fs.writeFileSync(path.join(dir, "short.log"), journal(400));
    fs.writeFileSync(path.join(dir, "packed.log.gz"), zlib.gzipSync(journal(500)));
    fs.writeFileSync(path.join(dir, "marked.log"), `\ufeff${journal(300)}`);
    fs.writeFileSync(path.join(dir, "back.log"), journal(600).split("\n").reverse().join("\n"));
    fs.writeFileSync(path.join(dir, "many.pcap"), repeatedCapture(40));
    fs.copyFileSync(
      path.join(INCIDENTS, "docker-bad-dns/docker-daemon.strace"),
      path.join(dir, "daemon.strace"),
    );
    ({ text } = await whole(dir));
  });

  it.each([
    [1, 2000],
    [2, 5000],
    [7, 5000],
    [2, 30_000],
  ])("gives the same report with %d threads and stretches of %d bytes", async (jobs, stretchBytes) => {
    const cut = await report(dir, jobs, stretchBytes);
    expect(cut.stats.work.stretches).toBeGreaterThan(20);
    expect(cut.stats.readers.threads).toBe(jobs - 1);
    expect(cut.text).toBe(text);
  });

  it("gives the same report without the prefilter", async () => {
    expect((await whole(dir, { prefilter: false })).text).toBe(text);
    expect((await report(dir, 2, 9000, { prefilter: false })).text).toBe(text);
  });

  it("does the same work with any number of threads", async () => {
    const [alone, shared] = [await report(dir, 1, 20_000), await report(dir, 3, 20_000)];
    expect(shared.stats.work).toEqual(alone.stats.work);
  });

  it("gives the same report, with the same work, where threads are not waited for while they start", async () => {
    const tuning = { aloneBelow: 0, stretchBytes: 9000, threadFile };
    const shared = await report(dir, 3, 9000, { tuning });
    expect(shared.text).toBe(text);
    expect(shared.stats.work).toEqual((await report(dir, 1, 9000)).stats.work);
  });

  it("reads alone where other threads could not make the same grammars", async () => {
    const own = [{ ...grammars[0]!, name: "own" }, ...grammars];
    const { stats } = await report(dir, 2, 5000, { grammars: own });
    expect(stats.readers.threads).toBe(0);
  });
});
