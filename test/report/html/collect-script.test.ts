import { spawnSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";
import { collectScript } from "../../../src/report/html/collect-script.js";
import { harmless } from "../../../src/report/html/harmless.js";
import { reportOf } from "./study-of.js";

const scriptOf = (missing: { what: string; why: string; command: string }[]) =>
  collectScript(harmless({ ...reportOf({}), missing }));

describe("the script that collects what was missing", () => {
  const command = "tcpdump -i any -nn -w dns.pcap port 53";

  it("says above each command what it is for", () => {
    const lines = scriptOf([{ what: "packets", why: "only one side was captured", command }]).split("\n");
    expect(lines[0]).toBe("#!/bin/sh");
    expect(lines.slice(-3)).toEqual(["# 1. packets: only one side was captured", command, ""]);
  });

  it("has nothing but the rules' commands outside of comments", () => {
    const script = scriptOf([
      { what: "a\nrm -rf /", why: "b\r\n$(reboot)\u2028`id`\x1b[2K", command },
      { what: "c", why: "d", command: "date\nid # \x07" },
    ]);
    const live = script.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(live).toEqual([command, "date", "id # \\x07"]);
  });

  it("is what a shell can read", () => {
    const script = scriptOf([
      { what: "it's \"quoted", why: "see `x` and $(", command: "for i in 1 2 3; do dig @SERVER NAME; done" },
    ]);
    expect(spawnSync("sh", ["-n"], { input: script })).toMatchObject({ status: 0 });
  });
});
