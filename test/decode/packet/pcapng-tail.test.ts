import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { droppedAtEnd } from "../../../src/decode/packet/pcapng-tail.js";
import { hex, ng } from "./build.js";

const END = hex("00000000");

/** Blocks of a capture in one byte order. */
function blocks(little: boolean) {
  const { section, capture, packet, block, option, n32 } = ng(little);
  const n64 = (n: number) => Buffer.concat(little ? [n32(n), n32(0)] : [n32(0), n32(n)]);
  return {
    head: Buffer.concat([section(), capture(1), packet(0, 0, 0, Buffer.alloc(60))]),
    packet: packet(0, 0, 9, Buffer.alloc(60)),
    names: block(4, END),
    /** `isb_ifdrop` (5) and `isb_osdrop` (7) of one interface. */
    statistics: (...dropped: [code: number, count: number][]) =>
      block(
        5,
        Buffer.concat([
          n32(0),
          n32(0),
          n32(0),
          ...dropped.map(([code, count]) => option(code, n64(count))),
          END,
        ]),
      ),
  };
}

describe.each([true, false])("the statistics at a capture's end (little-endian: %s)", (little) => {
  const { head, packet, names, statistics } = blocks(little);
  const told = (...parts: Buffer[]) => droppedAtEnd(Buffer.concat([head, ...parts]));

  it("tell how many packets were dropped, and where that is said", () => {
    expect(told(statistics([5, 12]))).toEqual({ dropped: 12, at: head.length });
    expect(told(statistics([5, 12], [7, 3]))?.dropped).toBe(15);
  });

  it("are added up over the interfaces, whatever stands between them", () => {
    expect(told(statistics([5, 12]), names, statistics([7, 4]))).toEqual({ dropped: 16, at: head.length });
  });

  it("are those behind the last packet", () => {
    expect(told(statistics([5, 12]), packet)).toBeUndefined();
    expect(told(statistics([5, 12]), packet, statistics([5, 13]))?.dropped).toBe(13);
  });

  it("may say that none was dropped, or nothing", () => {
    expect(told(statistics([5, 0]))).toBeUndefined();
    expect(told(statistics())).toBeUndefined();
    expect(told()).toBeUndefined();
  });

  it("are found in the last bytes alone", () => {
    const tail = Buffer.concat([packet.subarray(20), statistics([5, 12]), names]);
    expect(droppedAtEnd(tail)?.dropped).toBe(12);
  });

  it("are not found where the file is cut", () => {
    expect(droppedAtEnd(Buffer.concat([head, statistics([5, 12])]).subarray(0, -4))).toBeUndefined();
  });
});

it("any bytes give an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const told = droppedAtEnd(Buffer.from(bytes));
      expect(told === undefined || told.dropped > 0).toBe(true);
    }),
    { seed: 7, numRuns: 500 },
  );
});
