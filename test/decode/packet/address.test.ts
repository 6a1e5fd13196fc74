import { isIPv6 } from "node:net";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ipv4At, ipv6At, macAt } from "../../../src/decode/packet/address.js";
import { hex } from "./build.js";

const six = (text: string) => ipv6At(hex(text), 0);

describe("addresses", () => {
  it.each([
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000000000000001", "::1"],
    ["20010db8000000000000000000000001", "2001:db8::1"],
    ["20010db8000000010000000000000001", "2001:db8:0:1::1"],
    ["20010db8000000010001000000000001", "2001:db8:0:1:1::1"],
    ["20010000000000010000000000000001", "2001:0:0:1::1"],
    ["fe800000000000007090008bfe95e662", "fe80::7090:8b:fe95:e662"],
    ["00010002000300040005000600070000", "1:2:3:4:5:6:7:0"],
    ["00000000000000000000ffff0a000001", "::ffff:10.0.0.1"],
    ["000000000000000000000000c0000201", "::192.0.2.1"],
    ["0064ff9b0000000000000000c0000201", "64:ff9b::c000:201"],
  ])("writes %s as %s", (bytes, text) => expect(six(bytes)).toBe(text));

  it("writes every IPv6 address as one that reads back, in every slot of the table", () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const bytes = Buffer.alloc(16);
        groups.forEach((n, i) => {
          bytes.writeUInt16BE(n, i * 2);
        });
        const text = ipv6At(bytes, 0);
        expect(isIPv6(text)).toBe(true);
        // The URL parser's own serialisation differs only in the dotted form of mapped addresses.
        if (!text.includes(".")) expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`);
        expect(ipv6At(bytes, 0)).toBe(text);
      }),
    );
  });

  it("writes IPv4 and MAC addresses", () => {
    for (let i = 0; i < 20000; i++) {
      const bytes = hex(`0a00${i.toString(16).padStart(4, "0")}`);
      if (ipv4At(bytes, 0) !== `10.0.${i >> 8}.${i & 255}`) throw new Error(String(i));
    }
    expect(ipv4At(hex("ffffffff"), 0)).toBe("255.255.255.255");
    expect(macAt(hex("02420a00000f"), 0)).toBe("02:42:0a:00:00:0f");
  });
});
