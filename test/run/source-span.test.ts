import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";

/** Lines of a journal that nobody asks for, one a second. */
const lines = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const [minute, second] = [Math.floor(i / 60), i % 60].map((n) => String(n).padStart(2, "0"));
    return `Mar 02 10:${minute}:${second} dev1 app[1]: line ${i}`;
  });

async function spanOf(text: string, stretchBytes?: number): Promise<[string | null, string | null]> {
  const { sources } = await analyze([{ name: "journal.txt", bytes: Buffer.from(text) }], {
    grammars,
    rules,
    version: "test",
    jobs: 1,
    year: 2026,
    ...(stretchBytes !== undefined && { tuning: { stretchBytes } }),
  });
  return [sources[0]!.from, sources[0]!.to];
}

const WHOLE = ["2026-03-02T10:00:00.000000000Z", "2026-03-02T10:09:59.000000000Z"];

describe("the time that a source covers", () => {
  it("begins with its first record", async () => {
    expect(await spanOf(lines(600).join("\n"))).toEqual(WHOLE);
  });

  it.each([
    ["a heading", ["-- Logs begin at Mon 2026-03-02 03:51:32 UTC, end at Mon 2026-03-02 10:53:19 UTC. --"]],
    [
      "several lines without stamps",
      ["-- Boot b1f0c0ffee0a4a5e9c0d1e2f3a4b5c6d --", "--", "-- No entries --"],
    ],
    ["a line of no format", ["this is what I found"]],
  ])("begins with its first record that has a stamp, behind %s", async (_, heading) => {
    expect(await spanOf([...heading, ...lines(600)].join("\n"))).toEqual(WHOLE);
  });

  it("is the same however the file is cut", async () => {
    const text = [...Array(10).fill("-- Boot b1f0c0ffee0a4a5e9c0d1e2f3a4b5c6d --"), ...lines(600)].join("\n");
    for (const stretchBytes of [100, 512, 4096]) expect(await spanOf(text, stretchBytes)).toEqual(WHOLE);
  });
});
