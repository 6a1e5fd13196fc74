import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readAnnotation, readSockaddr } from "../../../src/decode/strace/address.js";
import { readArgs } from "../../../src/decode/strace/args.js";
import { messagesOf } from "../../../src/decode/strace/buffers.js";
import { readQuoted } from "../../../src/decode/strace/escapes.js";
import { milliseconds } from "../../../src/decode/strace/spans.js";
import { readTail } from "../../../src/decode/strace/tail.js";
import { field, hasFlag, type Value } from "../../../src/decode/strace/values.js";

const first = (text: string): Value | undefined => readArgs(text)[0]?.value;
const bytesOf = (text: string) => [...readQuoted(text, 0).bytes];

describe("quoted texts", () => {
  it("read octal escapes of up to three digits, mixed with text", () => {
    expect(bytesOf('"\\3237\\1"')).toEqual([0o323, 0x37, 1]);
    expect(bytesOf('"\\08\\1"')).toEqual([0, 0x38, 1]);
    expect(bytesOf('"tt\\1"')).toEqual([0x74, 0x74, 1]);
    expect(bytesOf(`"'x\\1"`)).toEqual([0x27, 0x78, 1]);
    expect(bytesOf('"\\"\\343"')).toEqual([0x22, 0xe3]);
    expect(bytesOf('"\\00234\\003199"')).toEqual([2, 0x33, 0x34, 3, 0x31, 0x39, 0x39]);
  });

  it("read -x and -xx", () => {
    expect(bytesOf('"\\xde\\x4c\\x01\\x00"')).toEqual([0xde, 0x4c, 1, 0]);
  });

  it("say when they were cut", () => {
    expect(readQuoted('"abc"...', 0)).toMatchObject({ cut: true, next: 8 });
    expect(readQuoted('"abc", 3', 0)).toMatchObject({ cut: false, next: 5 });
  });

  it("leave out a byte whose escape the file's end cut", () => {
    expect(bytesOf('"a\\25')).toEqual([0x61]);
    expect(bytesOf('"a\\251')).toEqual([0x61, 0o251]);
    expect(bytesOf('"a\\x4')).toEqual([0x61]);
    expect(bytesOf('"a\\')).toEqual([0x61]);
    expect(readQuoted('"a\\25', 0).cut).toBe(true);
  });
});

describe("argument lists", () => {
  it("read structs, arrays, flags, calls and results", () => {
    const list = readArgs(
      '3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, [28 => 16], MSG_DONTWAIT|MSG_NOSIGNAL',
    );
    expect(list).toHaveLength(4);
    expect(readSockaddr(list[1]!.value)).toEqual({ ip: "192.0.2.53", port: 53 });
    expect(list[2]!.value).toMatchObject({
      kind: "array",
      items: [{ value: { value: 28 }, after: { value: 16 } }],
    });
    expect(hasFlag(list[3]!.value, "MSG_DONTWAIT", 0x40)).toBe(true);
    expect(hasFlag(list[3]!.value, "MSG_PEEK", 2)).toBe(false);
  });

  it("read descriptor sets without commas", () => {
    expect(first("[3 5 7]")).toMatchObject({
      kind: "array",
      items: [{ value: { value: 3 } }, { value: { value: 5 } }, { value: { value: 7 } }],
    });
  });

  it("read IPv6 addresses, with and without a name", () => {
    const old =
      '{sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "2001:db8::53", &sin6_addr), sin6_scope_id=0}';
    expect(readSockaddr(first(old))).toEqual({ ip: "2001:db8::53", port: 53 });
    expect(
      readSockaddr(
        first('{sa_family=AF_INET6, sin6_port=htons(53), sin6_addr=inet_pton(AF_INET6, "::ffff:192.0.2.1")}'),
      ),
    ).toEqual({ ip: "192.0.2.1", port: 53 });
  });

  it("read -X raw and verbose", () => {
    const raw = '{sa_family=0x2, sin_port="\\x00\\x35", sin_addr="\\xac\\x1c\\x01\\x0f"}';
    expect(readSockaddr(first(raw))).toEqual({ ip: "172.28.1.15", port: 53 });
    const events = field(first("{fd=3, events=0x1 /* POLLIN */}"), "events");
    expect(hasFlag(events, "POLLIN", 1)).toBe(true);
    expect(hasFlag(events, "POLLOUT", 4)).toBe(false);
  });

  it("read what -y and -yy annotate, nested too", () => {
    const fd = first("3<UDP:[10.0.0.2:4000->192.0.2.53:53]>, 5");
    expect(fd).toMatchObject({ kind: "number", value: 3, note: "UDP:[10.0.0.2:4000->192.0.2.53:53]" });
    expect(readArgs("0</dev/null<char 1:3>>, 5")[1]?.value).toMatchObject({ value: 5 });
    expect(readAnnotation("UDP:[10.0.0.2:4000->192.0.2.53:53]")).toEqual({
      protocol: "udp",
      local: { ip: "10.0.0.2", port: 4000 },
      remote: { ip: "192.0.2.53", port: 53 },
    });
    expect(readAnnotation("UDPv6:[[2001:db8::2]:4000->[2001:db8::53]:53]").remote).toEqual({
      ip: "2001:db8::53",
      port: 53,
    });
    expect(readAnnotation("UDP:[63976]")).toEqual({ protocol: "udp", inode: "63976" });
    expect(readAnnotation("anon_inode:[eventfd]")).toEqual({ protocol: "other" });
  });

  it("read sendmmsg of new and old strace alike", () => {
    const now =
      '[{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="ab", iov_len=2}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=2}, {msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="cde"..., iov_len=45}], msg_iovlen=1}, msg_len=45}]';
    const then =
      '{{{msg_name(0)=NULL, msg_iov(1)=[{"ab", 2}], msg_controllen=0, msg_flags=0}, 2}, {{msg_name(0)=NULL, msg_iov(1)=[{"cde"..., 45}], msg_controllen=0, msg_flags=0}, 45}}';
    for (const text of [now, then]) {
      const vector = first(text);
      expect(
        messagesOf(vector, 2).map(({ bytes, complete, length }) => [
          Buffer.from(bytes).toString(),
          complete,
          length,
        ]),
      ).toEqual([
        ["ab", true, 2],
        ["cde", false, 45],
      ]);
      expect(messagesOf(vector, 1)).toHaveLength(1);
    }
  });

  it("read spans of time in every form", () => {
    expect(milliseconds(first("{tv_sec=3, tv_nsec=500000000}"))).toBe(3500);
    expect(milliseconds(first("{tv_sec=3, tv_usec=250000}"))).toBe(3250);
    expect(milliseconds(first("{0, 25000}"))).toBe(25);
    expect(milliseconds(first("NULL"))).toBeUndefined();
    expect(milliseconds(first('"\\5\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"'))).toBe(5000);
  });
});

describe("what follows a result", () => {
  it.each([
    [" (Timeout) <5.003119>", { timeout: true, spent: 5_003_119 }],
    [" ECONNREFUSED (Connection refused)", { error: "ECONNREFUSED", spent: Number.NaN }],
    ["<UDP:[63976]> <0.000049>", { note: "UDP:[63976]", spent: 49 }],
    [" (Timeout) \t5.005197", { timeout: true, spent: 5_005_197 }],
    [' (Timeout)",5.005197', { timeout: true, spent: 5_005_197 }],
    [" ([{fd=3, revents=POLLIN}]) <0.000012>", { timeout: false, spent: 12 }],
    [" (Timeout)\n > libc.so.6(__poll+0x13) [0xfd893]", { timeout: true }],
    [" <0.5>", { spent: 500_000 }],
    ["", { timeout: false, spent: Number.NaN }],
  ])("%j", (text, expected) => {
    expect(readTail(text)).toMatchObject(expected);
  });
});

describe("hostile arguments", () => {
  it("never throw and take linear time", () => {
    const piece = fc.constantFrom(
      "{",
      "[",
      "(",
      "<",
      ">",
      '"',
      "\\",
      "=",
      "=>",
      "/*",
      " /* ",
      "*/",
      "...",
      ", ",
      "a",
      "7",
      "-",
      "->",
      "&",
      "|",
      "@",
      "~",
      "\\x",
      "\\37",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join("");
        readArgs(text);
        readTail(text);
        readAnnotation(text);
      }),
      { numRuns: 500 },
    );
    for (const unit of [
      "{",
      "[",
      "(",
      "<",
      "1 /* ",
      "a(",
      '"',
      "\\",
      "x=",
      "1 => ",
      "{a=",
      "...",
      "->",
      "/*",
    ])
      expect(() => readArgs(unit.repeat(200_000))).not.toThrow();
  });
});
