import { describe, expect, it } from "@jest/globals";
import { NoSuchSource, sourcesNamed } from "../../src/clock/named.js";

const PATHS = [
  "web1/access.log",
  "web2/access.log",
  "web1/nginx/error.log",
  "host_any.pcap",
  "bundle.tgz!/var/log/messages",
  "odd[1].log",
];
const SHOWN = PATHS.map((path, source) => ({
  source,
  path,
  clock: source < 2 ? "clock-1" : `clock-${source}`,
}));
const named = (name: string) => sourcesNamed(name, SHOWN, "--reference");

describe("a source's name", () => {
  it.each<[string, string, number[]]>([
    ["its path as shown", "web1/access.log", [0]],
    ["a clock's id, which stands for all sources on it", "clock-1", [0, 1]],
    ["the end of its path", "error.log", [2]],
    ["its path in an archive, from the archive's root", "var/log/messages", [4]],
    ["its path as it was typed, with what stands before it", "./evidence/host_any.pcap", [3]],
    ["the longest of those that its path ends with", "/cases/7/web2/access.log", [1]],
    ["a pattern for names", "*.pcap", [3]],
    ["a pattern for names in any folder", "access.*", [0, 1]],
    ["a pattern for paths", "web?/*.log", [0, 1]],
    ["a pattern over folders", "web1/**", [0, 2]],
    ["a pattern over folders, or none", "**/access.log", [0, 1]],
    ["what looks like a pattern elsewhere", "odd[1].log", [5]],
  ])("may be %s: %s", (_, name, sources) => expect(named(name)).toEqual(sources));

  it.each<[string, string, RegExp]>([
    [
      "of none",
      "web3/access.log",
      /^--reference web3\/access\.log: no source is called so; there are web1\/access\.log, .*, on clock-1, clock-2/,
    ],
    [
      "of several",
      "access.log",
      /there are 2 of this name \(web1\/access\.log, web2\/access\.log\); write more of the path/,
    ],
    ["a pattern of none", "*.pcapng", /no source is called so/],
    ["a part of a word", "cess.log", /no source is called so/],
    ["nothing", "", /no source is called so/],
  ])("must not be one %s", (_, name, message) => {
    expect(() => named(name)).toThrow(NoSuchSource);
    expect(() => named(name)).toThrow(message);
  });

  it("is told from a few others only, where there are many", () => {
    const many = Array.from({ length: 100 }, (_, source) => ({
      source,
      path: `${source}.log`,
      clock: "clock-1",
    }));
    expect(() => sourcesNamed("x", many, "--offset")).toThrow(/0\.log, .*11\.log and 88 more, on clock-1$/);
    expect(() => sourcesNamed("x", [], "--offset")).toThrow(/there are none/);
  });
});
