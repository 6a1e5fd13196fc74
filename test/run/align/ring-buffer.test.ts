import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { inferClocks } from "../../../src/clock/infer.js";
import { grammars } from "../../../src/grammar/generated.js";
import { alignClocks } from "../../../src/run/align/align.js";
import { findFiles } from "../../../src/run/found.js";
import { observations } from "../../../src/run/hosts.js";
import { survey, toolboxOf } from "../../../src/run/survey.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ring-buffer-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A host that booted at 01:00:00.25 UTC; journald takes each of the kernel's lines a few milliseconds after it was written. */
const BOOT_US = Date.UTC(2026, 10, 22, 1) * 1000 + 250_000;
const lines = Array.from({ length: 8 }, (_, i) => ({
  us: 200_000_000 + i * 7_654_321,
  message: `eth0: renamed from veth${(0xa1b2c3d + i * 0x111111).toString(16)}`,
}));

describe("a ring buffer beside a journal", () => {
  it("is placed by the lines that both have, and no clock is blamed", async () => {
    const ring = lines.map(({ us, message }) => `[${(us / 1e6).toFixed(6).padStart(12)}] ${message}\n`);
    const journal = lines.map(({ us, message }, i) => {
      const stamp = new Date((BOOT_US + us) / 1000 + 1 + i).toISOString().replace("Z", "+0000");
      return `${stamp} node-1 kernel: ${message}\n`;
    });
    fs.writeFileSync(path.join(folder, "dmesg.txt"), ring.join(""));
    fs.writeFileSync(path.join(folder, "journal.txt"), journal.join(""));
    const found = await findFiles([folder], undefined);
    try {
      const toolbox = toolboxOf(grammars);
      const surveyed = [];
      for (const [id, file] of found.files.entries()) surveyed.push(await survey(file, id, toolbox));
      const clocks = inferClocks(observations(surveyed, found.links), {});
      const told = await alignClocks(surveyed, clocks, { toolbox, wanted: undefined, prefilter: true }, {});
      expect(told).toEqual([]);
      const { source } = surveyed.find(({ source: { path: shown } }) => shown.endsWith("dmesg.txt"))!;
      const { completion, clock } = clocks.get(source.id)!;
      expect(clock.floating).toBe(false);
      const { lo, hi } = completion.correction!.at(completion.origin);
      expect(completion.origin + lo).toBeLessThanOrEqual(BOOT_US);
      expect(completion.origin + hi).toBeGreaterThanOrEqual(BOOT_US);
    } finally {
      found.close();
    }
  });
});
