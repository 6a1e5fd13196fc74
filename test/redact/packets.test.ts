import { describe, expect, it } from "@jest/globals";
import { keyFrom } from "../../src/redact/key.js";
import { parseKinds } from "../../src/redact/kinds.js";
import { Masker } from "../../src/redact/masker.js";
import { NameBook } from "../../src/redact/names/book.js";
import { SeenSecrets } from "../../src/redact/secrets/seen.js";
import { captureMasker, UnmaskableCapture } from "../../src/redact/wire/capture.js";
import { PacketMasker } from "../../src/redact/wire/packet.js";

const masker = new Masker(keyFrom("a key for packets"), parseKinds("all"), {
  book: new NameBook(),
  seen: new SeenSecrets(),
});

/** The sum of RFC 1071 over all parts. */
function sum(...parts: Uint8Array[]): number {
  const bytes = Buffer.concat(parts);
  let total = 0;
  for (let at = 0; at < bytes.length; at += 2) total += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (total > 0xffff) total = (total >>> 16) + (total & 0xffff);
  return ~total & 0xffff;
}

const IP = 14;
const TCP = 34;
const pseudo = (frame: Buffer) =>
  Buffer.concat([frame.subarray(26, 34), Buffer.of(0, frame[23]!), lengthOf(frame.length - TCP)]);
const lengthOf = (length: number) => Buffer.of(length >> 8, length & 255);

/** Ethernet, IPv4 and TCP around a text, with right checksums. */
function segment(text: string, sequence: number): Buffer {
  const frame = Buffer.alloc(54 + text.length);
  frame.set([0x02, 0x42, 10, 1, 2, 3, 0x3c, 0x22, 0xfb, 1, 2, 3, 0x08, 0x00]);
  frame.set(
    [0x45, 0, ...lengthOf(40 + text.length), 0, 7, 0x40, 0, 64, 6, 0, 0, 10, 1, 2, 4, 10, 1, 2, 3],
    IP,
  );
  frame.writeUInt16BE(sum(frame.subarray(IP, TCP)), IP + 10);
  frame.writeUInt16BE(40112, TCP);
  frame.writeUInt16BE(80, TCP + 2);
  frame.writeUInt32BE(sequence, TCP + 4);
  frame[TCP + 12] = 0x50;
  frame[TCP + 13] = 0x18;
  frame.write(text, 54, "latin1");
  frame.writeUInt16BE(sum(pseudo(frame), frame.subarray(TCP)), TCP + 16);
  return frame;
}

describe("packets", () => {
  it("lose secrets, names and addresses, and keep lengths, ports and right checksums", () => {
    const frame = segment(
      "GET /v2/ HTTP/1.1\r\nHost: web1.corp.test\r\nAuthorization: Bearer q7abcdef0123456789\r\n\r\n",
      100,
    );
    const before = Buffer.from(frame);
    new PacketMasker(masker).mask(frame, 0, frame.length, 1);
    const text = frame.toString("latin1");
    expect(text).not.toContain("q7abcdef0123456789");
    expect(text).not.toContain("web1.corp");
    expect(text).toContain("GET /v2/ HTTP/1.1\r\nHost: ");
    expect(frame.subarray(26, 30)).not.toEqual(before.subarray(26, 30));
    expect(frame.subarray(TCP, TCP + 4)).toEqual(before.subarray(TCP, TCP + 4));
    expect(sum(frame.subarray(IP, TCP))).toBe(0);
    expect(sum(pseudo(frame), frame.subarray(TCP))).toBe(0);
    // Docker made this hardware address of the one behind it.
    expect(frame.subarray(2, 6)).toEqual(frame.subarray(30, 34));
  });

  it("lose a secret that goes on in the next segment, and in its copy on another interface", () => {
    const packets = new PacketMasker(masker);
    const [head, rest] = ["GET / HTTP/1.1\r\nAuthorization: Bearer q7abcdef", "0123456789xyz\r\n\r\n"];
    const frames = [segment(head!, 1000), segment(head!, 1000), segment(rest!, 1000 + head!.length)];
    frames.push(segment(rest!, 1000 + head!.length));
    for (const frame of frames) packets.mask(frame, 0, frame.length, 1);
    for (const frame of frames) {
      expect(frame.toString("latin1")).not.toMatch(/q7abcdef|0123456789xyz/);
      expect(sum(pseudo(frame), frame.subarray(TCP))).toBe(0);
    }
  });

  it("of protocols that are not known become zeros", () => {
    const frame = segment("chassis web1.corp.test", 1);
    frame.writeUInt16BE(0x88cc, 12);
    new PacketMasker(masker).mask(frame, 0, frame.length, 1);
    expect(frame.subarray(14).every((byte) => byte === 0)).toBe(true);
  });
});

describe("captures", () => {
  const header = (linkType: number) => {
    const head = Buffer.alloc(24);
    head.writeUInt32LE(0xa1b2c3d4, 0);
    head.writeUInt32LE(262144, 16);
    head.writeUInt32LE(linkType, 20);
    return head;
  };
  const record = (frame: Buffer) => {
    const head = Buffer.alloc(16);
    head.writeUInt32LE(frame.length, 8);
    head.writeUInt32LE(frame.length, 12);
    return Buffer.concat([head, frame]);
  };

  it("are masked the same whatever the pieces that they come in", () => {
    const file = Buffer.concat([
      header(1),
      ...[1, 2, 3].map((i) => record(segment(`Cookie: sid=q7abc${i}`, i))),
    ]);
    const inPieces = (size: number) => {
      const capture = captureMasker(file, masker);
      const out: Buffer[] = [];
      for (let at = 0; at < file.length; at += size) out.push(...capture.push(file.subarray(at, at + size)));
      return Buffer.concat([...out, ...capture.end()]);
    };
    const whole = inPieces(file.length);
    expect(whole).toHaveLength(file.length);
    expect(whole.toString("latin1")).not.toContain("q7abc");
    for (const size of [1, 7, 100]) expect(inPieces(size)).toEqual(whole);
  });

  it("of link layers whose addresses are not known for certain, or damaged ones, are not copied to their end", () => {
    const wireless = captureMasker(header(105), masker);
    wireless.push(header(105));
    expect(() => wireless.end()).toThrow(UnmaskableCapture);
    const cut = captureMasker(header(1), masker);
    cut.push(Buffer.concat([header(1), record(segment("x", 1)).subarray(0, 40)]));
    expect(() => cut.end()).toThrow("it ends within packet 1");
  });
});
