import { describe, expect, it } from "@jest/globals";
import { addressBytes, compileBlock } from "../../../src/rules/eql/cidr.js";

describe("an address", () => {
  it.each([
    ["0.0.0.0", [0, 0, 0, 0]],
    ["255.255.255.255", [255, 255, 255, 255]],
    ["::ffff:10.0.0.1", [10, 0, 0, 1]],
    ["::1", [...new Array(15).fill(0), 1]],
    ["fe80::1%eth0", [254, 128, ...new Array(13).fill(0), 1]],
    ["1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ])("%s", (text, bytes) => {
    expect(addressBytes(text)).toEqual(bytes);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.-4",
    "1..2.3",
    "a.b.c.d",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "g::",
    "::1.2.3",
    "1.2.3.4/8",
    " 1.2.3.4",
    "1:2:3:4:5:6:7::8",
    `${"1:".repeat(100)}`,
  ])("%j is none", (text) => {
    expect(addressBytes(text)).toBeUndefined();
  });
});

describe("a block", () => {
  const inside = (block: string, address: string) => compileBlock(block)?.(addressBytes(address)!);

  it.each([
    ["10.0.0.0/8", "10.255.0.1", true],
    ["10.0.0.0/8", "11.0.0.1", false],
    ["172.16.0.0/12", "172.31.255.255", true],
    ["172.16.0.0/12", "172.32.0.0", false],
    ["192.168.1.128/25", "192.168.1.127", false],
    ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.3/32", "10.1.2.4", false],
    ["0.0.0.0/0", "8.8.8.8", true],
    ["fd00::/8", "fdff::1", true],
    ["fd00::/8", "fe00::1", false],
    ["fd00::/8", "10.0.0.1", false],
  ])("%s, %s: %s", (block, address, expected) => {
    expect(inside(block, address)).toBe(expected);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "x/8", "10.0.0.0/8/8", "fd00::/129"])(
    "%s is none",
    (block) => {
      expect(compileBlock(block)).toBeUndefined();
    },
  );
});
