import { describe, expect, it } from "@jest/globals";
import {
  contains,
  formatSubnet,
  isPrivate,
  isSpecial,
  parseIPv4,
  parseSubnet,
} from "../../../src/timeline/topology/addresses.js";

const ip = (text: string) => parseIPv4(text)!;

describe("IPv4 addresses", () => {
  it("are read as unsigned numbers", () => {
    expect(parseIPv4("0.0.0.1")).toBe(1);
    expect(parseIPv4("255.255.255.255")).toBe(2 ** 32 - 1);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1..2.3",
    "256.1.1.1",
    "1.2.3.x",
    "::1",
    "1.2.3.4/24",
    "99999999999.1.1.1",
  ])("are not %p", (text) => {
    expect(parseIPv4(text)).toBeUndefined();
  });

  it("lie in subnets, by prefix length or by mask", () => {
    for (const text of ["10.12.10.0/24", "10.12.10.7/24", "10.12.10.0/255.255.255.0"]) {
      const subnet = parseSubnet(text)!;
      expect(formatSubnet(subnet)).toBe("10.12.10.0/24");
      expect(contains(subnet, ip("10.12.10.255"))).toBe(true);
      expect(contains(subnet, ip("10.12.11.0"))).toBe(false);
    }
    expect(parseSubnet("192.0.2.1")).toEqual({ base: ip("192.0.2.1"), bits: 32 });
    expect(contains(parseSubnet("0.0.0.0/0")!, ip("203.0.113.9"))).toBe(true);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/255.0.255.0", "fe80::/64"])("have no subnet %p", (text) => {
    expect(parseSubnet(text)).toBeUndefined();
  });

  it("are private, special or neither", () => {
    expect(
      ["10.0.0.1", "172.17.0.2", "172.32.0.1", "192.168.1.1", "100.64.0.1", "198.51.100.1"].map((text) =>
        isPrivate(ip(text)),
      ),
    ).toEqual([true, true, false, true, true, false]);
    expect(
      ["127.0.0.53", "169.254.1.1", "224.0.0.251", "255.255.255.255", "0.0.0.0", "8.8.8.8"].map((text) =>
        isSpecial(ip(text)),
      ),
    ).toEqual([true, true, true, true, true, false]);
  });
});
