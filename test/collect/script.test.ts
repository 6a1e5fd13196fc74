import { spawnSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";
import { PROBLEMS } from "../../src/collect/options.js";
import { capturesFor } from "../../src/collect/steps/watch.js";
import { PLAIN, scriptFor, stepsOf } from "./scripts.js";

const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;
const where = (program: string) => (has(program) ? it : it.skip);

const VARIANTS = {
  ...Object.fromEntries(PROBLEMS.map((problem) => [problem, { problems: [problem] }])),
  all: {},
  "all, with everything asked for": {
    interfaces: ["eth0", "docker0"],
    containers: ["shop_web-1", "db"],
    withEnv: true,
    strace: ["dockerd", "4711"],
    archive: "/var/tmp/it's here.tar.gz",
  },
};

describe.each(Object.entries(VARIANTS))("a script for %s", (_, options) => {
  const script = scriptFor(options);

  it("is the same each time", () => {
    expect(scriptFor(options)).toBe(script);
  });

  where("shellcheck")("is found good by shellcheck, as a script for any POSIX shell", () => {
    expect(spawnSync("shellcheck", ["-s", "sh", "-"], { input: script, encoding: "utf8" }).stdout).toBe("");
  });

  for (const shell of [["dash"], ["busybox", "sh"]])
    where(shell[0]!)(`is understood by ${shell.join(" ")}`, () => {
      const read = spawnSync(shell[0]!, [...shell.slice(1), "-n"], { input: script, encoding: "utf8" });
      expect({ status: read.status, stderr: read.stderr }).toEqual({ status: 0, stderr: "" });
    });

  it("holds nothing that changes a host", () => {
    const code = script.replace(/^ *#.*$/gm, "");
    expect(code).not.toMatch(
      /\b(apt|apt-get|yum|dnf|apk|modprobe|insmod|systemctl (?!cat)|docker (exec|run|start|stop|rm|pull)|sysctl|tc)\s/,
    );
    expect(code).not.toMatch(/\bip6?tables(-legacy|-nft)? -/);
    expect(code).not.toMatch(
      /\bnft (-f|add|create|delete|flush|insert|replace|reset)\b|\bconntrack -[DFUI]|\bip (-\S+ )*\S+ (add|del|set|flush|change|replace)\b/,
    );
    // Out of its own folder nothing is written but the archive.
    for (const [, target] of code.matchAll(/>>?"?([^\s"&|]+)/g))
      expect(target).toMatch(
        /^(&?\d|\/dev\/null|MANIFEST|\$file|\$output|\$errors|\$work\/|\$archive|packed\.tar)/,
      );
  });

  it("does nothing when it was cut short", () => {
    expect(script.trimEnd().split("\n").at(-1)).toBe('main "$@"');
  });
});

describe("what was asked for", () => {
  it("stands at the top, where it can be changed", () => {
    expect(
      scriptFor({ problems: ["dns"], archive: "it's here" })
        .split("\n")
        .slice(0, 14),
    ).toEqual([
      "#!/bin/sh",
      "# Collects evidence for hindcast 1.2.3, for a suspected problem with: dns.",
      "# It only reads, and packs what it read into one archive. Usage: sh SCRIPT [ARCHIVE]",
      "",
      "# Seconds to watch, seconds of logs before that, bytes to collect at most; the rest as its name says.",
      "DURATION=60",
      "BEFORE=3600",
      "MAX_BYTES=209715200",
      "INTERFACES='any'",
      "CONTAINERS=''",
      "WITH_ENV=no",
      "ARCHIVE='it'\\''s here'",
      "",
      "set -u",
    ]);
  });

  it("decides what is collected: nothing that is not used", () => {
    const dns = stepsOf(scriptFor({ problems: ["dns"] })).join("\n");
    const registry = stepsOf(scriptFor({ problems: ["registry"] })).join("\n");
    expect(dns).not.toMatch(/kubectl|bridge fdb|df -h/);
    expect(registry).not.toMatch(/bridge fdb|packet_filter|conntrack -/);
    expect(registry).toMatch(/kubectl get events/);
    expect(dns).toMatch(/etc\/resolv.conf cat/);
  });

  it("system calls are followed only on request", () => {
    expect(scriptFor()).not.toContain("strace");
    expect(stepsOf(scriptFor({ strace: ["dockerd"] }))).toContain("trace_processes");
  });
});

describe("captures", () => {
  const compile = (filter: string) =>
    spawnSync("tcpdump", ["-y", "EN10MB", "-d", filter], { encoding: "utf8" });

  where("tcpdump").each(PROBLEMS)("their filters for %s are understood by tcpdump", (problem) => {
    for (const { filter } of capturesFor([problem])) expect(compile(filter)).toMatchObject({ status: 0 });
  });

  it("keep DNS messages whole, and of what registries send the headers alone", () => {
    expect(capturesFor(["dns"]).map(({ name, snaplen }) => [name, snaplen])).toEqual([["packets", 4096]]);
    expect(capturesFor(PLAIN.problems).map(({ name, snaplen }) => [name, snaplen])).toEqual([
      ["names", 4096],
      ["connections", 160],
    ]);
  });
});
