import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type AnalyzeOptions, analyze, type Evidence, events, type Report } from "../../src/index.js";

const FIXTURE = path.join(import.meta.dirname, "../../fixtures/incidents/docker-bad-dns");

const filesOf = (dir: string): string[] =>
  (fs.readdirSync(dir, { recursive: true }) as string[])
    .filter((name) => fs.statSync(path.join(dir, name)).isFile())
    .sort();

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What a report says, but for the names of its sources. */
const told = ({ findings, story, summary }: Report) => ({
  summary,
  story,
  findings: findings.map(({ evidence, ...finding }) => ({
    ...finding,
    evidence: evidence.map(({ line, offset, text }) => ({ line, offset, text })),
  })),
});

describe("evidence that lies in no file", () => {
  let tmp: string;
  const analyzed = (evidence: Evidence[], options: Partial<AnalyzeOptions> = {}) =>
    analyze(evidence, { tmp, jobs: 1, ...options });
  beforeAll(() => {
    tmp = fs.mkdtempSync(path.join(os.tmpdir(), "given-"));
  });
  afterAll(() => fs.rmSync(tmp, { recursive: true }));

  it("tells the same story from streams as from files", async () => {
    const given = filesOf(FIXTURE).map((name, i) => {
      const bytes = fs.readFileSync(path.join(FIXTURE, name));
      return { name, bytes: i % 2 === 0 ? inPieces(bytes, 777) : bytes };
    });
    const [streamed, read] = [await analyzed(given), await analyzed([FIXTURE])];
    expect(streamed.findings.length).toBeGreaterThan(0);
    expect(told(streamed)).toEqual(told(read));
    expect(streamed.sources.map(({ sha256 }) => sha256)).toEqual(read.sources.map(({ sha256 }) => sha256));
    expect(fs.readdirSync(tmp)).toEqual([]);
  });

  it("stands beside paths, and keeps several of one name apart", async () => {
    const line = "Nov 22 03:52:37 host1 dockerd[1]: hello\n";
    const { sources } = await analyzed([
      path.join(FIXTURE, filesOf(FIXTURE)[0]!),
      { name: "../etc/a.log", bytes: line },
      { name: "../etc/a.log", bytes: [line, line] },
    ]);
    expect(sources.slice(1).map(({ path: shown, records }) => [shown, records])).toEqual([
      ["../etc/a.log", 1],
      ["../etc/a.log (2)", 2],
    ]);
  });

  it("keeps what came before a stream failed, and says so", async () => {
    async function* failing() {
      yield "Nov 22 03:52:37 host1 dockerd[1]: hello\n";
      throw new Error("connection reset");
    }
    const { sources, problems } = await analyzed([{ name: "a.log", bytes: failing() }]);
    expect(sources[0]!.records).toBe(1);
    expect(problems).toContainEqual(
      expect.objectContaining({
        path: "a.log",
        severity: "error",
        message: expect.stringContaining("connection reset"),
      }),
    );
  });
});

describe("an analysis that is given up", () => {
  it("is rejected with the signal's reason, and leaves nothing behind", async () => {
    const tmp = fs.mkdtempSync(path.join(os.tmpdir(), "given-"));
    const controller = new AbortController();
    const text = "Nov 22 03:52:37 host1 dockerd[1]: hello\n".repeat(20_000);
    let reads = 0;
    const analysis = analyze(
      [
        { name: "a.log", bytes: text },
        { name: "b.log", bytes: text },
      ],
      {
        tmp,
        jobs: 1,
        tuning: { stretchBytes: 1 << 14 },
        signal: controller.signal,
        progress: () => {
          if (++reads === 2) controller.abort(new Error("enough"));
        },
      },
    );
    await expect(analysis).rejects.toThrow("enough");
    expect(reads).toBe(2);
    expect(fs.readdirSync(tmp)).toEqual([]);
    fs.rmSync(tmp, { recursive: true });
  });

  it("ends a stream of events likewise, of bytes that lie in no file", async () => {
    const tmp = fs.mkdtempSync(path.join(os.tmpdir(), "given-"));
    const controller = new AbortController();
    const text = "Nov 22 03:52:37 host1 dockerd[1]: hello\n".repeat(20_000);
    let seen = 0;
    const reading = async () => {
      for await (const batch of events([{ name: "a.log", bytes: text }], {
        tmp,
        signal: controller.signal,
      })) {
        seen += batch.events.length;
        controller.abort(new Error("enough"));
      }
    };
    await expect(reading()).rejects.toThrow("enough");
    expect(seen).toBeGreaterThan(0);
    expect(seen).toBeLessThan(20_000);
    expect(fs.readdirSync(tmp)).toEqual([]);
    fs.rmSync(tmp, { recursive: true });
  });

  it("does not begin where it was given up before", async () => {
    const signal = AbortSignal.abort(new Error("never mind"));
    await expect(analyze([FIXTURE], { signal })).rejects.toThrow("never mind");
  });
});
