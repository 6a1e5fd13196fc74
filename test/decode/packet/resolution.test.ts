import { describe, expect, it } from "@jest/globals";
import { resolutionOfCapture } from "../../../src/decode/packet/resolution.js";

const u32 = (little: boolean, ...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => {
    if (little) bytes.writeUInt32LE(number, 4 * i);
    else bytes.writeUInt32BE(number, 4 * i);
  });
  return bytes;
};
const pcap = (magic: number, little: boolean) => u32(little, magic, 0x00040002, 0, 0, 65535, 1);

/** A pcapng section whose interface says `if_tsresol`, or nothing of it. */
function pcapng(little: boolean, tsresol?: number): Buffer {
  const option = tsresol === undefined ? Buffer.alloc(0) : Buffer.alloc(8);
  if (tsresol !== undefined) {
    option[little ? 0 : 1] = 9;
    option[little ? 2 : 3] = 1;
    option[4] = tsresol;
  }
  const length = 20 + option.length;
  const section = u32(little, 0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28);
  return Buffer.concat([section, u32(little, 1, length, 1, 0), option, u32(little, length)]);
}

describe("the step of a capture's stamps", () => {
  it.each([
    ["microseconds, by the magic number", pcap(0xa1b2c3d4, true), 1e-6],
    ["nanoseconds, by the magic number, in the other byte order", pcap(0xa1b23c4d, false), 1e-9],
    ["microseconds, where an interface says nothing", pcapng(true), 1e-6],
    ["nanoseconds, as an interface says", pcapng(false, 9), 1e-9],
    ["a power of two, as an interface says", pcapng(true, 0x80 | 10), 1 / 1024],
  ])("is %s", (_, head, step) => expect(resolutionOfCapture(head)).toBeCloseTo(step, 15));

  it("stays unknown where the file breaks off, is damaged, or is none", () => {
    const whole = pcapng(true, 9);
    for (let end = 0; end < whole.length; end++)
      expect(resolutionOfCapture(whole.subarray(0, end))).toBeUndefined();
    const endless = Buffer.from(whole);
    endless.writeUInt32LE(0, 4);
    expect(resolutionOfCapture(endless)).toBeUndefined();
    expect(resolutionOfCapture(Buffer.from("no capture at all, but some text"))).toBeUndefined();
    expect(resolutionOfCapture(pcap(0xa1b2c3d4, true).subarray(0, 20))).toBeUndefined();
  });
});
