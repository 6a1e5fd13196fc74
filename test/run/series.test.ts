import { describe, expect, it } from "@jest/globals";
import { seriesOf } from "../../src/run/series.js";

/** The paths, grouped by the series that they are of. */
function grouped(...paths: string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const [id, name] of seriesOf(paths.map((path, at) => ({ id: at, path })))) {
    groups.set(name, [...(groups.get(name) ?? []), paths[id]!]);
  }
  return [...groups.values()];
}

describe("a series of dumps", () => {
  it.each([
    [["ip_addr.before.txt", "ip_addr.during.txt", "ip_addr.after.txt"]],
    [["before/brctl.txt", "after/brctl.txt"]],
    [["ip-addr-old", "ip-addr-new"]],
    [["brctl_2026-03-02.txt", "brctl_20260303.txt"]],
    [["link_20260302-101500.txt", "link_20260302-103000.txt"]],
    [["link 10:15.txt", "link 10:30:05.txt"]],
  ])("is told by names that say when: %s", (paths) => {
    expect(grouped(...paths)).toEqual([paths]);
  });

  it.each([
    [["web1/ip_addr.txt", "web2/ip_addr.txt"]],
    [["ip_addr.web1.txt", "ip_addr.web2.txt"]],
    [["ip_addr.txt", "ip_addr.txt.1"]],
    [["postgres/ip.txt", "prefix/ip.txt", "newton/ip.txt"]],
  ])("is not told by names that may be of two machines: %s", (paths) => {
    expect(grouped(...paths)).toEqual([]);
  });

  it("is of one place", () => {
    expect(grouped("web1/ip.before.txt", "web2/ip.after.txt")).toEqual([
      ["web1/ip.before.txt"],
      ["web2/ip.after.txt"],
    ]);
  });
});
