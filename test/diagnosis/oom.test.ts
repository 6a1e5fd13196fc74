import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";
import { rules } from "../../src/rules/generated.js";
import { analyze } from "../../src/run/analyze.js";

const made = fs.mkdtempSync(path.join(os.tmpdir(), "oom-"));
afterAll(() => fs.rmSync(made, { recursive: true }));

const ID = "4af68f5521cc9d3ab0eaa19b5ddc1d8dbb47b8f1c7e2a6e0f5c4b3a29181706f";
const event = (stamp: string, action: string, name: string) =>
  `${stamp} container ${action} ${ID} (image=registry.example.net/shop/cart:1.0, name=${name})\n`;
const kill = (stamp: string) =>
  `[${stamp}] Memory cgroup out of memory: Killed process 4711 (java) total-vm:4823412kB, anon-rss:1021334kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:2312kB oom_score_adj:0\n`;

async function rootsOf(files: Record<string, string>): Promise<string[]> {
  const folder = fs.mkdtempSync(path.join(made, "case-"));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const { rootCauses } = await analyze([folder], { grammars, rules, version: "test" });
  return rootCauses;
}

describe("a process killed for want of memory", () => {
  const ofCart = event("2026-03-02T10:00:35.839226073Z", "oom", "cart");

  it("is one incident, told by docker, which names the container, and by the kernel, which does not", async () => {
    expect(
      await rootsOf({ "docker_events.txt": ofCart, "dmesg.txt": kill("Mon Mar  2 10:00:35 2026") }),
    ).toHaveLength(1);
    expect(await rootsOf({ "docker_events.txt": ofCart, "dmesg.txt": kill(" 1386.422010") })).toHaveLength(1);
  });

  it("an hour after a container's was, is another", async () => {
    expect(
      await rootsOf({ "docker_events.txt": ofCart, "dmesg.txt": kill("Mon Mar  2 11:00:35 2026") }),
    ).toHaveLength(2);
  });

  it("is one of two containers' kills only if the times tell", async () => {
    const two = ofCart + event("2026-03-02T10:09:35.839226073Z", "oom", "queue");
    expect(
      await rootsOf({ "docker_events.txt": two, "dmesg.txt": kill("Mon Mar  2 10:00:35 2026") }),
    ).toHaveLength(2);
    expect(await rootsOf({ "docker_events.txt": two, "dmesg.txt": kill(" 1386.422010") })).toHaveLength(3);
  });
});
