import { describe, expect, it } from "@jest/globals";
import { hostNames } from "../../src/run/host-names.js";

/** Files in the order of their numbers; `name` is what the file itself tells of its host's name. */
const named = (...files: [path: string, name?: string][]) =>
  Object.fromEntries(
    hostNames(
      files.map(([path, name], id) => ({
        source: { id, path },
        told: name === undefined ? undefined : { name },
      })),
    ),
  );

describe("the hosts that files were collected on", () => {
  it("are named by the nearest folder that names one", () => {
    expect(
      named(
        ["a/etc/hostname", "node-a"],
        ["a/var/log/messages"],
        ["a/nested/hostname.txt", "node-b"],
        ["a/nested/deep/ip_addr.txt"],
        ["capture.pcap"],
      ),
    ).toEqual({ 0: "node-a", 1: "node-a", 2: "node-b", 3: "node-b" });
  });

  it("are not told apart where only one is named, be it in two forms", () => {
    expect(named(["a/etc/hostname", "node-a"], ["b/etc/hostname", "node-a.example.net"])).toEqual({});
  });

  it("are one by the short and the long form of a name", () => {
    const found = named(
      ["a/etc/hostname", "node-a"],
      ["b/etc/hostname", "node-a.example.net"],
      ["c/etc/hostname", "node-c"],
    );
    expect(found).toEqual({ 0: "node-a", 1: "node-a", 2: "node-c" });
  });

  it("stay open where one folder names several", () => {
    expect(named(["all/hostname.1", "node-a"], ["all/hostname.2", "node-b"], ["all/ip_addr.txt"])).toEqual(
      {},
    );
  });
});
