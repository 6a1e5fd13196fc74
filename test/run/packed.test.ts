import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { detect } from "../../src/decode/text/detect.js";
import { grammars } from "../../src/grammar/generated.js";
import { segmentsOfStream } from "../../src/run/packed.js";
import { toolboxOf } from "../../src/run/survey.js";

const PLAIN = { encoding: "bytes", bom: 0 } as const;
const toolbox = toolboxOf(grammars);

/** Records of one and of several lines, of which some are wanted. */
const text = Array.from({ length: 300 }, (_, i) => {
  const clock = `10:${String(Math.floor(i / 60)).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}`;
  const say = (msg: string) =>
    `Mar  2 ${clock} node-1 dockerd[27]: time="2026-03-02T${clock}.000000001Z" level=debug msg="${msg}"`;
  if (i % 7 === 0)
    return say(`Trying to pull registry.example.net/team/app${i} from https://registry.example.net v2`);
  return i % 11 === 0
    ? "    a line that continues the one before"
    : say(`Calling GET /v1.21/containers/${i}/json`);
})
  .join("\n")
  .concat("\n");

/** Offsets of the pulls; one that a line continues is no message that is known. */
const PULLS = [...text.matchAll(/^Mar.*Trying to pull.*\n(?! )/gm)].map(({ index }) => index);

const options = {
  path: "journal.txt",
  detection: detect(text, toolbox.envelopes),
  envelopes: toolbox.envelopes,
  composer: toolbox.composer,
  literals: ["Trying to pull"],
  wants: (action: string) => action.startsWith("registry."),
};

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  const same = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) yield same.subarray(0, bytes.copy(same, 0, at, at + size));
}

describe("the segments of a stream", () => {
  it("bring the texts of the records that tell of something, wherever chunks end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 5000 }), async (size) => {
        const told: number[] = [];
        let [line, end] = [0, 0];
        for await (const segment of segmentsOfStream(options, PLAIN, inPieces(Buffer.from(text), size))) {
          expect(segment.begin).toBe(end);
          ({ end } = segment);
          line += segment.lines;
          const lengths = new Map(segment.wanted.map(({ offset, length }) => [offset, length]));
          for (const [offset, quoted] of segment.texts) {
            told.push(offset);
            expect(quoted).toBe(text.slice(offset, offset + lengths.get(offset)!));
          }
        }
        expect([line, end]).toEqual([300, text.length]);
        expect(told).toEqual(PULLS);
      }),
      { seed: 7, numRuns: 8 },
    );
  });

  it("bring the text of the first record, whatever it tells of", async () => {
    const later = text.slice(text.indexOf("\n") + 1);
    const texts: unknown[] = [];
    for await (const segment of segmentsOfStream(options, PLAIN, inPieces(Buffer.from(later), 1000)))
      texts.push(...segment.texts);
    expect(texts[0]).toEqual([0, later.slice(0, later.indexOf("\n"))]);
  });

  it("are few where nobody wants a record", async () => {
    const idle = { ...options, literals: ["no such text"] };
    const ends: number[] = [];
    for await (const { end } of segmentsOfStream(idle, PLAIN, inPieces(Buffer.from(text), 500)))
      ends.push(end);
    // That of the first record, which tells the time, and the rest.
    expect(ends).toHaveLength(2);
    expect(ends[1]).toBe(text.length);
  });

  it("end with what was read before an error, and the error", async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from(text.slice(0, 1000));
      throw new Error("it breaks off");
    }
    let end = 0;
    const read = async () => {
      for await (const segment of segmentsOfStream(options, PLAIN, broken())) ({ end } = segment);
    };
    await expect(read()).rejects.toThrow("it breaks off");
    expect(end).toBe(1000);
  });
});
