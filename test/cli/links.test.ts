import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { linkStyle, linksTo } from "../../src/cli/links.js";
import { Page } from "../../src/report/page.js";

describe("whether a terminal has links", () => {
  it.each([
    [{}, undefined],
    [{ TERM: "xterm-256color" }, undefined],
    [{ TERM: "xterm-kitty" }, "line"],
    [{ VTE_VERSION: "5000" }, undefined],
    [{ VTE_VERSION: "7402" }, "file"],
    [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.0.15" }, undefined],
    [{ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5.2" }, "file"],
    [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.71.0" }, undefined],
    [{ TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.100.1" }, "file"],
    [{ WT_SESSION: "a-b-c" }, "file"],
    [{ TERM: "xterm-kitty", CI: "true" }, undefined],
    [{ TERM: "dumb", VTE_VERSION: "7402" }, undefined],
    [{ TERM: "xterm-kitty", FORCE_HYPERLINK: "0" }, undefined],
    [{ TERM: "xterm", CI: "true", FORCE_HYPERLINK: "1" }, "file"],
  ])("of %j is %j", (env, style) => {
    expect(linkStyle(env)).toBe(style);
  });
});

describe("a link", () => {
  let dir: string;
  beforeAll(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), "hindcast-links-"));
    fs.mkdirSync(path.join(dir, "case/log"), { recursive: true });
    for (const name of ["case/log/a.log", "case/x #1;?\x1b[31mé%.log", "case/dump.pcap", "b.log"])
      fs.writeFileSync(path.join(dir, name), "");
    fs.symlinkSync("/etc/hosts", path.join(dir, "case/hosts"));
  });
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  const at = (...names: string[]) => path.join(dir, ...names);

  it("leads to the file below the one folder that was given, at the line where the terminal can", () => {
    expect(linksTo([at("case")], "file", "web1")("log/a.log", 12)).toBe(`file://web1${at("case/log/a.log")}`);
    expect(linksTo([at("case")], "line", "web1")("log/a.log", 12)).toBe(
      `file://web1${at("case/log/a.log")}#12`,
    );
  });

  it("leads to the file that was given, and to those below one of several folders", () => {
    expect(linksTo([at("b.log")], "file", "web1")("b.log")).toBe(`file://web1${at("b.log")}`);
    const several = linksTo([at("case"), at("b.log")], "file", "web1");
    expect(several("case/log/a.log")).toBe(`file://web1${at("case/log/a.log")}`);
    expect(several(at("b.log"))).toBe(`file://web1${at("b.log")}`);
  });

  it("names no line of a capture, whose records are packets", () => {
    expect(linksTo([at("case")], "line", "web1")("dump.pcap", 317)).toBe(
      `file://web1${at("case/dump.pcap")}`,
    );
  });

  it("holds nothing that a terminal could act upon, whatever the file is called", () => {
    expect(linksTo([at("case")], "line", "web1")("x #1;?\x1b[31mé%.log", 3)).toBe(
      `file://web1${at("case")}/x%20%231%3B%3F%1B%5B31m%C3%A9%25.log#3`,
    );
    expect(linksTo([at("case")], "file", "evil\x07host")("log/a.log")).toBe(`file://${at("case/log/a.log")}`);
  });

  it.each([["log"], ["hosts"], ["nowhere"], ["bundle.tgz!log/a.log"], ["../b.log"]])(
    "leads nowhere for %s",
    (source) => {
      expect(linksTo([at("case")], "file", "web1")(source)).toBeUndefined();
    },
  );

  it("is left out by the page where it is none", () => {
    const page = new Page({ link: () => "file://h/a\x07b" });
    expect(page.linked("a", "a")).toBe("a");
    expect(new Page({ link: () => "file://h/a" }).linked("a", "a")).toBe(
      "\x1b]8;;file://h/a\x07a\x1b]8;;\x07",
    );
  });
});
