import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { hasZstd } from "../../src/evidence/zstd-node.js";
import { grammars } from "../../src/grammar/generated.js";
import { rules } from "../../src/rules/generated.js";
import { type AnalyzeOptions, analyze, reportOn } from "../../src/run/analyze.js";
import { findFiles } from "../../src/run/found.js";

const options: AnalyzeOptions = { grammars, rules, version: "test", jobs: 1 };

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "attempt-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Pulls and their ids, packed to more than the calling thread would unpack itself. */
function packedJournal(): Buffer {
  const { zstdCompressSync, constants } = zlib as unknown as {
    zstdCompressSync: (text: string, options: object) => Buffer;
    constants: Record<string, number>;
  };
  let state = 7;
  const id = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state.toString(16).padStart(8, "0");
  };
  const text = Array.from({ length: 60_000 }, (_, i) => {
    const clock = new Date(Date.UTC(2026, 2, 2) + i * 50).toISOString();
    const calls = i % 7 === 0 ? `Trying to pull registry.test/app${i} from https://registry.test v2` : "Calling";
    return `Mar  2 ${clock.slice(11, 19)} node-1 dockerd[27]: time="${clock}" level=debug msg="${calls}" id=${Array.from({ length: 12 }, id).join("")}`;
  }).join("\n");
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag!]: 1 } });
}

/** The report by an attempt, if one is made, and the report without any. */
async function both(file: string): Promise<[string, string]> {
  const found = await findFiles([file], undefined, undefined);
  try {
    const { report } = await reportOn(found, options);
    return [JSON.stringify(await analyze([file], options)), JSON.stringify(report)];
  } finally {
    found.close();
  }
}

(hasZstd ? describe : describe.skip)("an attempt", () => {
  it.each([
    ["whole", () => {}],
    ["damaged in its middle", (bytes: Buffer) => bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 9)],
    ["damaged at its beginning", (bytes: Buffer) => bytes.fill(0x55, 300, 309)],
    ["with another checksum", (bytes: Buffer) => bytes.fill(0, bytes.length - 4)],
  ])("to read a file that is %s leads to the same report", async (_, change) => {
    const bytes = packedJournal();
    expect(bytes.length).toBeGreaterThan(2 << 20);
    change(bytes);
    const file = path.join(dir, "journal.log.zst");
    fs.writeFileSync(file, bytes);
    const [attempted, without] = await both(file);
    expect(attempted).toBe(without);
  });
});
