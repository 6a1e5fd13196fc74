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
const LINES = 8 * Math.ceil(PIECE / LINE.length);

/** The log as it is surveyed, and its clock. */
async function surveyedLog() {
  const file = path.join(folder, "app.log");
  fs.writeFileSync(file, LINE.repeat(LINES));
  const found = await findFiles([file], undefined);
  const toolbox = toolboxOf(grammars);
  const surveyed = await survey(found.files[0]!, 0, toolbox);
  const clock = inferClocks(observations([surveyed], found.links), { year: 2026 }).get(0)!;
  return { surveyed, clock, toolbox };
}

/** Reads a log of which nothing is wanted until more than so many bytes were read. @returns how many were */
async function readUpTo(most: number, options: Pick<ReadOptions, "everyPiece">): Promise<number> {
  const { surveyed, clock, toolbox } = await surveyedLog();
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

describe("a log of which everything is wanted", () => {
  /** Reads it in chunks of so many bytes. @returns how many events came in each batch, and how many bytes were read */
  async function batches(chunkBytes: number, most?: number): Promise<{ events: number[]; read: number }> {
    const { surveyed, clock, toolbox } = await surveyedLog();
    let read = 0;
    const context = contextOf(
      { toolbox, wanted: undefined, prefilter: false },
      { progress: (bytes) => (read += bytes), chunkBytes },
    );
    const enough = most === undefined ? undefined : () => read > most;
    const events: number[] = [];
    for await (const batch of readSource(surveyed, { clock, context, enough })) events.push(batch.length);
    return { events, read };
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

  it("gives the events of whole chunks, a few hundred at a time, until that is enough", async () => {
    const chunk = 4 * PIECE;
    const { events, read } = await batches(chunk, chunk - 1);
    expect(read).toBe(chunk);
    // The last line may go on behind the chunk.
    expect(sum(events)).toBe(Math.floor(chunk / LINE.length) - 1);
    expect(Math.max(...events)).toBeLessThan(1200);
  });

  it("gives the same in pieces as at once", async () => {
    const all = await batches(8 * PIECE);
    const inPieces = await batches(8 * PIECE, Number.POSITIVE_INFINITY);
    expect(sum(inPieces.events)).toBe(LINES);
    expect(sum(all.events)).toBe(LINES);
    expect(inPieces.events.length).toBeGreaterThan(all.events.length);
  });
});
