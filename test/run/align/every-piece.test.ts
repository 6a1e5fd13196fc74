import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { inferClocks } from "../../../src/clock/infer.js";
import { grammars } from "../../../src/grammar/generated.js";
import type { Event } from "../../../src/model/event.js";
import { contextOf, type ReadOptions } from "../../../src/run/context.js";
import { findFiles } from "../../../src/run/found.js";
import { observations } from "../../../src/run/hosts.js";
import { readSource } from "../../../src/run/read.js";
import { survey, toolboxOf } from "../../../src/run/survey.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pieces-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const PIECE = 32 << 10;
const LINE = "Nov 22 03:52:37 node-1 app[7]: nothing that anybody asks for\n";

/** Reads a log of which nothing is wanted until more than so many bytes were read. @returns how many were */
async function readUpTo(most: number, options: Pick<ReadOptions, "everyPiece">): Promise<number> {
  const file = path.join(folder, "app.log");
  fs.writeFileSync(file, LINE.repeat(8 * Math.ceil(PIECE / LINE.length)));
  const found = await findFiles([file], undefined);
  const toolbox = toolboxOf(grammars);
  const surveyed = await survey(found.files[0]!, 0, toolbox);
  const clock = inferClocks(observations([surveyed], found.links), { year: 2026 }).get(0)!;
  let read = 0;
  const kit = { toolbox, wanted: new Set(["resolver.query"]), prefilter: true };
  const context = contextOf(kit, { progress: (bytes) => (read += bytes), chunkBytes: PIECE });
  const events: Event[] = [];
  for await (const batch of readSource(surveyed, { clock, context, ...options })) {
    events.push(...batch);
    if (read > most) break;
  }
  expect(events).toEqual([]);
  return read;
}

describe("a log of which nothing is wanted", () => {
  it("is looked at no further than was asked, piece after piece", async () => {
    expect(await readUpTo(2 * PIECE, { everyPiece: true })).toBe(3 * PIECE);
  });

  it("is else read to its end, since nobody is told how far it is", async () => {
    expect(await readUpTo(2 * PIECE, {})).toBeGreaterThan(7 * PIECE);
  });
});
