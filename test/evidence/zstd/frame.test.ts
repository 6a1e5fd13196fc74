import { describe, expect, it } from "@jest/globals";
import { readHead } from "../../../src/evidence/zstd/frame.js";

const head = (...bytes: number[]) => readHead(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...bytes]));

describe("the head of a frame", () => {
  it("tells the window by an exponent and eighths", () => {
    expect(head(0x00, (11 << 3) | 0)).toMatchObject({ window: 2 << 20, content: undefined });
    expect(head(0x00, (0 << 3) | 7)).toMatchObject({ window: 1024 + 7 * 128 });
  });

  it("tells the length of the content in 1, 2, 4 or 8 bytes, the window being the content where there is one segment", () => {
    expect(head(0x20, 200)).toMatchObject({ bytes: 6, window: 200, content: 200 });
    expect(head(0x60, 0x01, 0x02)).toMatchObject({ bytes: 7, window: 0x201 + 256, content: 0x201 + 256 });
    expect(head(0x80, 8 << 3, 1, 0, 1, 0)).toMatchObject({ bytes: 10, window: 256 << 10, content: 0x10001 });
    expect(head(0xe0, 5, 0, 0, 0, 1, 0, 0, 0)).toMatchObject({ bytes: 13, content: 2 ** 32 + 5 });
  });

  it("tells whether a checksum follows", () => {
    expect(head(0x04, 0)).toMatchObject({ hasChecksum: true });
    expect(head(0x00, 0)).toMatchObject({ hasChecksum: false });
  });

  it("may name no dictionary, in as many bytes as it likes", () => {
    expect(head(0x03, 0, 0, 0, 0, 0)).toMatchObject({ bytes: 10 });
    expect(head(0x03, 0, 0, 0, 1, 0)).toBeUndefined();
    expect(head(0x01, 0, 7)).toBeUndefined();
  });

  it("is refused where a reserved bit is set, where it is cut, and where it is none", () => {
    expect(head(0x08, 0)).toBeUndefined();
    expect(head(0x80, 0, 1, 0, 1)).toBeUndefined();
    expect(readHead(Buffer.from([0x28, 0xb5]))).toBeUndefined();
    expect(readHead(Buffer.from("no frame"))).toBeUndefined();
  });

  it("tells how long a frame is that is to be skipped", () => {
    const skipped = Buffer.from([0x5f, 0x2a, 0x4d, 0x18, 9, 1, 0, 0]);
    expect(readHead(skipped)).toEqual({ kind: "skipped", bytes: 8 + 0x109 });
    expect(readHead(skipped.subarray(0, 7))).toBeUndefined();
  });
});
