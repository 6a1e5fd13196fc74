import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { SourceClock, UNKNOWN } from "../../../src/clock/source-clock.js";
import { detect } from "../../../src/decode/text/detect.js";
import { TextReader } from "../../../src/decode/text/reader.js";
import { SharedScanners } from "../../../src/decode/text/scanners.js";
import { grammars } from "../../../src/grammar/generated.js";
import type { Event } from "../../../src/model/event.js";
import { toolboxOf } from "../../../src/run/survey.js";
import { evidence } from "./evidence.js";

const toolbox = toolboxOf(grammars);

/** A reader of one text, and what it gave. */
class Reading {
  readonly events: Event[] = [];
  private readonly bytes: Buffer;
  private readonly reader: TextReader;
  private at = 0;

  constructor(text: string, source: number, scanners?: SharedScanners) {
    const detection = detect(text.slice(0, 128 << 10), toolbox.envelopes);
    this.bytes = Buffer.from(text, "latin1");
    this.reader = new TextReader({
      source,
      path: `evidence ${source}`,
      detection,
      envelopes: toolbox.envelopes,
      composer: toolbox.composer,
      literals: detection.ranked[0]?.grammar.wants,
      stamper: new SourceClock({ ...UNKNOWN, origin: 0 }),
      scanners,
      emit: (event) => this.events.push(event),
    });
  }

  /** Reads the next bytes, or closes it. @returns false: it is closed */
  read(bytes: number): boolean {
    if (this.at >= this.bytes.length) {
      this.reader.end();
      return false;
    }
    this.reader.push(this.bytes.subarray(this.at, (this.at += bytes)));
    return true;
  }

  get result() {
    const { records, parsed, unparsed, from, to, problems } = this.reader;
    return { records, parsed, unparsed, from, to, problems, events: this.events };
  }
}

/** Each text read by itself. */
const alone = (texts: readonly string[], size: number) =>
  texts.map((text, source) => {
    const reading = new Reading(text, source);
    while (reading.read(size));
    return reading.result;
  });

/** All of them read by turns, a piece of each. */
function byTurns(texts: readonly string[], size: number) {
  const scanners = new SharedScanners();
  const readings = texts.map((text, source) => new Reading(text, source, scanners));
  for (let left = readings; left.length > 0; ) left = left.filter((reading) => reading.read(size));
  scanners.close();
  return readings.map(({ result }) => result);
}

/** Pieces are small here: a record that is longer than any would be begun anew with each. */
const short = evidence.filter((text) => text.length < 20_000);
const CALLS = (pid: number) =>
  Array.from(
    { length: 40 },
    (_, i) => `10:00:0${i % 10}.00000${pid} close(${i}) = -1 EBADF (Bad file descriptor)\n`,
  ).join("");

describe("readers that take turns at one scanner", () => {
  it("give what each gives that has one for itself", () => {
    fc.assert(
      fc.property(
        fc.array(short, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 20, max: 400 }),
        (texts, size) => {
          expect(byTurns(texts, size)).toEqual(alone(texts, size));
        },
      ),
      { seed: 23, numRuns: 30 },
    );
  });

  it("keep what waits for its end apart, wherever pieces end", () => {
    const texts = [CALLS(1), CALLS(2), CALLS(3)];
    for (const size of [7, 63, 64, 1000]) expect(byTurns(texts, size)).toEqual(alone(texts, size));
  });

  it("have one scanner for each list of words and format", () => {
    const scanners = new SharedScanners(64 << 10);
    const one = scanners.borrow(["connect"], undefined);
    expect(scanners.borrow(["connect"], undefined)).toBe(one);
    expect(scanners.borrow(["accept"], undefined)).not.toBe(one);
    scanners.close();
  });
});
