import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Command } from "commander";
import { run } from "../../src/cli/collect.js";
import { type CollectFlags, collectOptions } from "../../src/cli/collect-flags.js";

/** What the command line says. @throws CommanderError with the sentence that the user gets */
function flagsOf(...words: string[]): CollectFlags {
  const command = collectOptions(new Command("collect"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(words, { from: "user" });
  return command.opts();
}

describe("the options of hindcast collect", () => {
  it("are all problems, a minute, an hour of logs and 200 MiB, unless they say otherwise", () => {
    expect(flagsOf()).toEqual({
      for: "all",
      duration: 60,
      before: 3600,
      maxSize: 200 * 1024 ** 2,
      archive: "",
    });
  });

  it("take times and sizes with their units, and names with commas or one by one", () => {
    const flags = flagsOf(
      ...["--for", "nat", "--duration", "5m", "--before", "2h", "--max-size", "1G"],
      ...[
        "--interfaces",
        "eth0,docker0",
        "--container",
        "web",
        "--container",
        "db",
        "--strace",
        "dockerd,4711",
      ],
    );
    expect(flags).toMatchObject({
      for: "nat",
      duration: 300,
      before: 7200,
      maxSize: 1024 ** 3,
      interfaces: ["eth0", "docker0"],
      container: ["web", "db"],
      strace: ["dockerd", "4711"],
    });
  });

  it.each([
    [["--duration", "0s"], "a time is written like 90s, 5m or 2h"],
    [["--duration", "31d"], "30 days at most"],
    [["--before", "soon"], "a time is written like 90s, 5m or 2h"],
    [["--max-size", "1M"], "50M at least"],
    [["--max-size", "200"], "a size is written like 200M or 2G"],
    [["--for", "mail"], "Allowed choices are dns, nat, registry, all"],
  ])("refuse %j", (words, message) => {
    expect(() => flagsOf(...words)).toThrow(message);
  });
});

describe("hindcast collect", () => {
  it("writes a script that can be run", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "collect-"));
    try {
      const output = path.join(folder, "collect.sh");
      await run(flagsOf("--for", "dns", "-o", output));
      expect(fs.readFileSync(output, "utf8")).toMatch(/^#!\/bin\/sh\n/);
      expect(fs.statSync(output).mode & 0o777).toBe(0o755);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("refuses names that a shell could take for something else", async () => {
    await expect(run(flagsOf("--interfaces", "eth0;reboot"))).rejects.toThrow(
      "eth0;reboot cannot be the name of an interface",
    );
  });
});
