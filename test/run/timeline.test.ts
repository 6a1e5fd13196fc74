import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import type { TimelineLine } from "../../src/report/timeline.js";
import { timeline } from "../../src/run/timeline.js";

const incident = path.join(
  path.dirname(new URL(import.meta.url).pathname),
  "../../fixtures/incidents/docker-bad-dns",
);

async function lines(options: Partial<Parameters<typeof timeline>[1]> = {}): Promise<TimelineLine[]> {
  const all: TimelineLine[] = [];
  for await (const batch of timeline([incident], { grammars, version: "test", ...options }))
    all.push(...batch);
  return all;
}

describe("timeline", () => {
  it("shows every record of every source once", async () => {
    const all = await lines();
    const places = all.map(({ source, line }) => `${source}:${line}`);
    expect(new Set(places).size).toBe(places.length);
    expect(all.filter(({ source }) => source === "host_any.pcap")).toHaveLength(36);
    expect(all.filter(({ source }) => source === "journal.txt").map(({ line }) => line)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it("puts dated records in one order, and those without a time where they stood", async () => {
    const dated = (await lines()).filter(({ time }) => !Number.isNaN(time)).map(({ time }) => time);
    expect(dated).toEqual([...dated].sort((a, b) => a - b));
  });

  it("leaves out what lies outside of the window, and sources that were not asked for", async () => {
    const since = Date.parse("2026-11-22T03:52:37.5Z") * 1000;
    const late = await lines({ since, source: (name) => name.endsWith(".pcap") });
    expect(late.length).toBeGreaterThan(5);
    expect(late.every(({ time, source }) => time >= since && source === "host_any.pcap")).toBe(true);
  });
});
