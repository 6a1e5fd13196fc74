import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Event } from "../../src/model/event.js";
import { ReversedEvents } from "../../src/run/spill.js";

let dir: string;
beforeAll(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "spill-"));
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const event = (line: number): Event => ({
  source: 0,
  line,
  offset: line * 10,
  length: 9,
  time: line % 7 === 0 ? Number.NaN : 1e15 - line,
  ns: line % 1000,
  latest: 1e15,
  action: "registry.attempt",
  category: "registry",
  fields: { "url.domain": `registry-${line}`, nothing: undefined, list: ["a", line] },
});

/** Puts `count` events in, in batches of `size`. */
function filled(reversed: ReversedEvents, count: number, size: number): Event[] {
  const all = Array.from({ length: count }, (_, i) => event(i + 1));
  for (let i = 0; i < count; i += size) reversed.push(all.slice(i, i + size));
  return all;
}

describe("the events of a source that runs backwards", () => {
  it.each([
    ["all in memory", 1000],
    ["some of them in a file", 120],
    ["all in a file", 0],
  ])("come the last one first: %s", (_, most) => {
    const reversed = new ReversedEvents({ dir, most });
    const all = filled(reversed, 500, 7);
    expect([...reversed.drain()].flat()).toEqual(all.reverse());
  });

  it("leave no file, not even while they are read", () => {
    const reversed = new ReversedEvents({ dir, most: 10 });
    filled(reversed, 100, 5);
    expect(fs.readdirSync(dir)).toEqual([]);
    reversed.drain().next();
    reversed.close();
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  it("are all there, and the reason is told, where no file can be written", () => {
    const reversed = new ReversedEvents({ dir: path.join(dir, "missing"), most: 10 });
    const all = filled(reversed, 100, 5);
    expect(reversed.failure).toBe("ENOENT");
    expect([...reversed.drain()].flat()).toEqual(all.reverse());
  });
});
