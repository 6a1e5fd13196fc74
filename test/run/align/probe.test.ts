import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { inferClocks } from "../../../src/clock/infer.js";
import { grammars } from "../../../src/grammar/generated.js";
import { Probe } from "../../../src/run/align/probe.js";
import { findFiles } from "../../../src/run/found.js";
import { observations } from "../../../src/run/hosts.js";
import { survey, toolboxOf } from "../../../src/run/survey.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "probe-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const BEGAN = Date.UTC(2026, 10, 22, 3);
const line = (second: number) =>
  `${new Date(BEGAN + second * 1000).toISOString().replace("Z", "+0000")} node-1 app[7]: line ${second}\n`;
const time = (second: number) => (BEGAN + second * 1000) * 1000;

/** A probe of a log with these lines, and the log. */
async function probed(name: string, lines: readonly string[]): Promise<{ probe: Probe; file: string }> {
  const file = path.join(folder, name);
  fs.writeFileSync(file, lines.join(""));
  const found = await findFiles([file], undefined);
  try {
    const toolbox = toolboxOf(grammars);
    const surveyed = await survey(found.files[0]!, 0, toolbox);
    const clock = inferClocks(observations([surveyed], found.links), {}).get(0)!;
    return { probe: new Probe(surveyed, clock, toolbox), file };
  } finally {
    found.close();
  }
}

/** What the probe says of a place of the file. */
function seen(probe: Probe, file: string, place: number): ReturnType<Probe["at"]> {
  const fd = fs.openSync(file, "r");
  try {
    return probe.at(place, fd);
  } finally {
    fs.closeSync(fd);
  }
}

describe("what time it is at a place of a log", () => {
  const seconds = Array.from({ length: 100 }, (_, second) => line(second));

  it("is that of the first line that begins behind it", async () => {
    const { probe, file } = await probed("plain.log", seconds);
    const begin = seconds.slice(0, 41).join("").length;
    expect(seen(probe, file, begin - 5)).toEqual({ time: time(41), begin });
  });

  it("is told by a line further on where the first ones have none", async () => {
    const silent = Array.from({ length: 9 }, () => "\tat app.Main.run(Main.java:7)\n");
    const { probe, file } = await probed("silent.log", [
      ...seconds.slice(0, 50),
      ...silent,
      ...seconds.slice(50),
    ]);
    const begin = [...seconds.slice(0, 50), silent[0]!].join("").length;
    expect(seen(probe, file, begin - 1)).toEqual({ time: time(50), begin });
  });

  it("is not known where no line begins behind it", async () => {
    const { probe, file } = await probed("end.log", seconds);
    expect(seen(probe, file, seconds.join("").length - 3)).toBeUndefined();
  });

  it("is read once", async () => {
    const { probe, file } = await probed("once.log", seconds);
    const first = seen(probe, file, 1000);
    fs.writeFileSync(file, "");
    expect(seen(probe, file, 1000)).toBe(first);
  });
});
