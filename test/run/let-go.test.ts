import { describe, expect, it } from "@jest/globals";
import type { PacketSegment } from "../../src/decode/packet/row.js";
import type { TextSegment } from "../../src/decode/text/segment.js";
import type { RunContext } from "../../src/run/context.js";
import { letGo, lettingGo } from "../../src/run/let-go.js";

const packets = (rows: number): PacketSegment => ({
  begin: 0,
  end: rows * 100,
  counts: {} as PacketSegment["counts"],
  length: rows,
  times: new Float64Array(rows),
  words: new Int32Array(rows * 11),
  frames: Buffer.allocUnsafeSlow(rows * 100),
  captures: [],
  markers: [],
  needsSequence: false,
});

describe("segments that nobody looks at any more", () => {
  it("give the memory of a capture's rows back at once", () => {
    const segment = packets(1000);
    letGo(segment);
    expect([segment.times, segment.words, segment.frames].map(({ byteLength }) => byteLength)).toEqual([
      0, 0, 0,
    ]);
  });

  it("give back that of records which were left unread", () => {
    const lines = new Int32Array(10_000);
    const unread = { lines, texts: new Uint8Array(5) } as unknown as TextSegment["unread"];
    letGo({ lines: 1, wanted: [], unread } as unknown as TextSegment);
    expect(lines.length).toBe(0);
    expect(unread!.texts.length).toBe(0);
  });

  it("are left to the collector where they are small", () => {
    const segment = packets(10);
    letGo(segment);
    expect(segment.words.length).toBe(110);
  });

  it("stay as they are where they are kept for another analysis", () => {
    expect(lettingGo({ cache: {} } as RunContext)).toBeUndefined();
    expect(lettingGo({} as RunContext)).toBe(letGo);
  });
});
