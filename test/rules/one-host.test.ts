import { describe, expect, it } from "@jest/globals";
import { fieldsRead } from "../../src/rules/fields-read.js";
import { areOfSeveralHosts } from "../../src/rules/one-host.js";
import { event } from "./events.js";
import { judge, rule } from "./rules.js";

const on = (action: string, at: number, host?: string) =>
  event(action, at, host === undefined ? {} : { "host.hostname": host });

describe("events of several hosts", () => {
  it.each([
    [["a", "b"], true],
    [["a", "a"], false],
    // The short form of a name stands for the long one.
    [["a", "a.example.net"], false],
    [["a", "ab"], true],
    [["a", undefined], false],
    [["a", undefined, "b"], true],
    [[undefined, undefined], false],
  ])("are those that name different ones: %j", (hosts, are) => {
    expect(areOfSeveralHosts(hosts.map((host, i) => on("x", i, host)))).toBe(are);
  });
});

describe("a rule of one host", () => {
  const SEQUENCE = `queries:
  - eql: sequence with maxspan=10s [any where event.action == "stop"] [any where event.action == "start"]
`;
  const anyHost = rule(SEQUENCE);
  const oneHost = rule(`${SEQUENCE}one_host: true\n`);
  const found = (of: typeof anyHost, stopped: string | undefined, started: string | undefined) =>
    judge(of, [on("stop", 1, stopped), on("start", 2, started)]).findings.length;

  it("puts events of different hosts not together", () => {
    expect(found(oneHost, "build-3", "build-4")).toBe(0);
    expect(found(anyHost, "build-3", "build-4")).toBe(1);
  });

  it("finds what happens on one host, and what may have", () => {
    expect(found(oneHost, "build-3", "build-3")).toBe(1);
    expect(found(oneHost, "build-3", undefined)).toBe(1);
    expect(found(oneHost, undefined, undefined)).toBe(1);
  });

  it("reads which host an event is of", () => {
    const read = (of: typeof anyHost) => [...fieldsRead([of], ["stop"]).get("stop")!];
    expect(read(oneHost)).toContain("host.hostname");
    expect(read(anyHost)).not.toContain("host.hostname");
  });
});
