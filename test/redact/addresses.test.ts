import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Addresses } from "../../src/redact/addresses/addresses.js";
import { bytes4, bytes6, text4, text6 } from "../../src/redact/addresses/bytes.js";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds } from "../../src/redact/kinds.js";
import { isWellKnownResolver, lookalikeOf } from "../../src/timeline/topology/lookalike.js";

const all = new Addresses(keyFrom("a key for tests"), parseKinds("ip,mac"));
const RUNS = { seed: 20261122, numRuns: 100 };

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join("."));
const ipv6 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => text6(bytes));

/** How many bits two addresses share from the left. */
function shared(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return i * 8 + Math.clz32(a[i]! ^ b[i]!) - 24;
  return a.length * 8;
}

const CLASSES: Record<string, RegExp> = {
  "10/8": /^10\./,
  "172.16/12": /^172\.(?:1[6-9]|2\d|3[01])\./,
  "192.168/16": /^192\.168\./,
  "100.64/10": /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  "the same everywhere":
    /^(?:0|127|22[4-9]|2[34]\d|25[0-5])\.|^169\.254\.|^192\.0\.[02]\.|^198\.(?:18|19|51\.100)\.|^203\.0\.113\./,
};
const classOf = (ip: string) => Object.keys(CLASSES).find((name) => CLASSES[name]!.test(ip)) ?? "public";
/** Addresses that stay whatever lies beside them. */
const isFixed = (ip: string) =>
  classOf(ip) === "the same everywhere" || isWellKnownResolver(ip) || lookalikeOf(ip) !== undefined;

describe("IPv4 addresses", () => {
  it("share as many leading bits as those that they stand for", () => {
    fc.assert(
      fc.property(ipv4, fc.integer({ min: 0, max: 31 }), fc.nat(), (a, bit, rest) => {
        const number = bytes4(a)!.reduce((sum, octet) => sum * 256 + octet, 0);
        const flipped = (number ^ (1 << (31 - bit))) >>> 0;
        const low = bit === 31 ? 0 : rest & ((1 << (31 - bit)) - 1);
        const other = (((flipped >>> (31 - bit)) << (31 - bit)) | low) >>> 0;
        const b = [24, 16, 8, 0].map((shift) => (other >>> shift) & 255).join(".");
        fc.pre(!isFixed(a) && !isFixed(b));
        expect(shared(bytes4(all.ip4(a))!, bytes4(all.ip4(b))!)).toBe(shared(bytes4(a)!, bytes4(b)!));
      }),
      RUNS,
    );
  });

  it("get different ones", () => {
    const seen = new Set<string>();
    for (let host = 0; host < 256; host++)
      for (const net of ["10.1.2", "93.184.216", "8.8.8", "4.4.4"]) seen.add(all.ip4(`${net}.${host}`));
    expect(seen.size).toBe(4 * 256);
  });

  it("stay in their class", () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        expect(classOf(all.ip4(ip))).toBe(classOf(ip));
      }),
      RUNS,
    );
  });

  it.each([
    ...[
      "127.0.0.1",
      "127.0.0.53",
      "0.0.0.0",
      "255.255.255.255",
      "169.254.169.254",
      "224.0.0.251",
      "192.0.2.7",
    ],
    ...["8.8.8.8", "1.1.1.1", "9.9.9.9", "4.4.4.4", "8.8.8.88", "1.0.0.0"],
  ])("%s stays: it means the same everywhere, or may be the cause", (ip) => {
    expect(all.ip4(ip)).toBe(ip);
  });

  it("keep networks and broadcasts such", () => {
    expect(all.ip4("10.12.10.0", 24)).toMatch(/^10\.\d+\.\d+\.0$/);
    expect(all.ip4("10.12.10.255")).toMatch(/\.255$/);
    expect(all.ip4("10.12.10.255").split(".").slice(0, 3)).toEqual(
      all.ip4("10.12.10.0", 24).split(".").slice(0, 3),
    );
    expect(all.ip4("172.17.0.0", 16)).toMatch(/^172\.\d+\.0\.0$/);
    expect(all.ip4("10.12.16.0", 20)).toMatch(/\.0$/);
    expect(all.ip4("0.0.0.0", 0)).toBe("0.0.0.0");
  });
});

describe("IPv6 addresses", () => {
  it("survive being read and written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(bytes6(text6(bytes))).toEqual(bytes);
      }),
      RUNS,
    );
    for (const text of ["::", "::1", "fe80::1", "2001:db8::8:800:200c:417a", "::ffff:10.0.0.1", "1:0:0:2::3"])
      expect(text6(bytes6(text)!)).toBe(text);
    expect(text4(bytes4("10.0.0.1")!)).toBe("10.0.0.1");
  });

  it("share as many leading bits of their networks as those that they stand for", () => {
    fc.assert(
      fc.property(ipv6, fc.integer({ min: 3, max: 63 }), (a, bit) => {
        const first = bytes6(a)!;
        first[0] = 0x20 | (first[0]! & 0x1f);
        const second = Uint8Array.from(first);
        second[bit >> 3]! ^= 128 >> (bit & 7);
        const [x, y] = [all.ip6(text6(first)), all.ip6(text6(second))];
        fc.pre(![x, y].some((ip) => /^(?:2001:db8:|3fff:)/.test(ip)));
        expect(shared(bytes6(x)!, bytes6(y)!)).toBe(bit);
      }),
      RUNS,
    );
  });

  it.each(["::1", "::", "ff02::1", "fe80::1", "2001:db8::7", "2001:4860:4860::8888", "2606:4700:4700::1111"])(
    "%s stays",
    (ip) => {
      expect(all.ip6(ip)).toBe(ip);
    },
  );

  it("stay unique local, and follow the addresses that they are made of", () => {
    expect(all.ip6("fd12:3456::1")).toMatch(/^fd/);
    expect(all.ip6("::ffff:10.1.2.3")).toBe(`::ffff:${all.ip4("10.1.2.3")}`);
    const mac = all.mac(Uint8Array.of(0x02, 0x42, 172, 17, 0, 2));
    expect(bytes6(all.ip6("fe80::42:acff:fe11:2"))!.slice(8)).toEqual(
      Uint8Array.of(mac[0]! ^ 2, mac[1]!, mac[2]!, 0xff, 0xfe, mac[3]!, mac[4]!, mac[5]!),
    );
  });
});

describe("hardware addresses", () => {
  const mac = fc.uint8Array({ minLength: 6, maxLength: 6 });
  it("stay single or group, assigned or local, and get different ones", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(mac, (bytes) => {
        const out = all.mac(bytes);
        expect(out[0]! & 3).toBe(bytes[0]! & 3);
        const before = seen.get(out.join(":"));
        expect(before === undefined || before === bytes.join(":")).toBe(true);
        seen.set(out.join(":"), bytes.join(":"));
      }),
      RUNS,
    );
  });

  it("of docker are made of the address that the container then has", () => {
    const out = all.mac(Uint8Array.of(0x02, 0x42, 172, 17, 0, 5));
    expect(out.slice(0, 2)).toEqual(Uint8Array.of(0x02, 0x42));
    expect(text4(out.slice(2))).toBe(all.ip4("172.17.0.5"));
  });

  it.each([
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0, 0, 0, 0, 0, 0],
    [0x01, 0x00, 0x5e, 0, 0, 0xfb],
    [0x00, 0x00, 0x5e, 0, 1, 7],
  ])("%i:%i:%i:… stay", (...bytes) => {
    expect([...all.mac(Uint8Array.from(bytes))]).toEqual(bytes);
  });
});

describe("what is not chosen stays", () => {
  const none = new Addresses(keyFrom("a key for tests"), parseKinds("secrets"));
  it("addresses without ip and mac", () => {
    expect(none.ip4("10.1.2.3")).toBe("10.1.2.3");
    expect(none.ip6("fd12::1")).toBe("fd12::1");
    expect([...none.mac(Uint8Array.of(2, 0x42, 10, 0, 0, 1))]).toEqual([2, 0x42, 10, 0, 0, 1]);
  });
  it("with mac alone, an IPv6 address shows no hardware address", () => {
    const macs = new Addresses(keyFrom("a key for tests"), parseKinds("mac"));
    expect(macs.ip6("2a00::3c22:fbff:fe01:203")).not.toMatch(/3c22:fbff:fe01:203$/);
    expect(macs.ip6("2a00::3c22:fbff:fe01:203")).toMatch(/^2a00::/);
    expect(macs.ip4("10.1.2.3")).toBe("10.1.2.3");
  });
});
