import { describe, expect, it } from "@jest/globals";
import { lookalikeOf } from "../../../src/timeline/topology/lookalike.js";

describe("a name server's address", () => {
  it.each([
    ["4.4.4.4", "8.8.4.4"],
    ["8.8.8.4", "8.8.8.8"],
    ["8.4.8.4", "8.8.4.4"],
    ["1.0.0.0", "1.0.0.1"],
    ["1.1.1.11", "1.1.1.1"],
    ["9.9.9.99", "9.9.9.9"],
    ["208.67.222.22", "208.67.222.222"],
    ["208.76.222.222", "208.67.222.222"],
  ])("%s looks like a slip of %s", (typed, meant) => {
    expect(lookalikeOf(typed)).toBe(meant);
  });

  it.each([
    "8.8.8.8",
    "8.8.4.4",
    "1.0.0.1",
    "9.9.9.9",
    "10.8.8.8",
    "192.168.8.8",
    "127.0.0.53",
    "172.28.1.15",
    "192.0.2.53",
    "203.0.113.1",
    "8.8.8",
    "2001:4860:4860::8888",
    "",
  ])("%p is itself", (typed) => {
    expect(lookalikeOf(typed)).toBeUndefined();
  });
});
