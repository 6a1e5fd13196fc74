import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Automaton } from "../../src/grammar/automaton/automaton.js";
import { ByteSet } from "../../src/grammar/bytes.js";
import type { Node } from "../../src/grammar/ir/ir.js";
import { rounds } from "../rounds.js";

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
const setOf = (bytes: readonly number[]) => ByteSet.of(String.fromCharCode(...bytes));

/** An automaton that reads one byte of each set. */
const reading = (sets: readonly ByteSet[]) =>
  new Automaton({ kind: "sequence", items: sets.map((set): Node => ({ kind: "class", set })) });

/** Which of the sets have a byte. */
const holders = (sets: readonly ByteSet[], byte: number) =>
  sets.map((set) => (set.has(byte) ? 1 : 0)).join("");

/** Holds an automaton's classes against the sets that its states read. */
function hold(sets: readonly ByteSet[]): void {
  const { classOf, bytes } = reading(sets);
  const told = new Map<string, number>();
  for (const byte of BYTES) {
    const key = holders(sets, byte);
    if (!told.has(key)) told.set(key, classOf[byte]!);
  }
  // One class for each way of being held, and no byte in another class than those that are held as it is.
  expect(new Set(told.values()).size).toBe(told.size);
  expect(bytes).toHaveLength(told.size);
  expect(BYTES.filter((byte) => told.get(holders(sets, byte)) !== classOf[byte])).toEqual([]);
  expect(bytes.map((byte) => classOf[byte])).toEqual(bytes.map((_, klass) => klass));
}

describe("classes of bytes", () => {
  it("is one where nothing is read, or any byte", () => {
    hold([]);
    hold([ByteSet.ALL, ByteSet.ALL]);
    expect(reading([ByteSet.ALL]).bytes).toHaveLength(1);
  });

  it("are two where a set has some bytes, however often it is read", () => {
    const digits = ByteSet.range(48, 57);
    hold([digits, digits.complement(), digits]);
    expect(reading([digits, digits.complement()]).bytes).toHaveLength(2);
  });

  it("are as many as there are bytes where each is read by itself", () => {
    const each = BYTES.map((byte) => setOf([byte]));
    hold(each);
    expect(reading(each).bytes).toHaveLength(256);
  });

  it("part what one of nested, crossing or equal sets has and another has not", () => {
    hold([ByteSet.range(0, 255), ByteSet.range(10, 200), ByteSet.range(20, 30)]);
    hold([ByteSet.range(0, 100), ByteSet.range(50, 150), ByteSet.range(120, 255)]);
    hold([ByteSet.range(31, 32), ByteSet.range(32, 33), ByteSet.EMPTY]);
  });

  it("are no more than there are bytes, however many sets have parts of them whole", () => {
    hold(BYTES.flatMap((byte) => [ByteSet.range(0, byte), ByteSet.range(byte, 255)]));
  });

  it("are of readable bytes first", () => {
    const { bytes } = reading([ByteSet.range(97, 122), ByteSet.range(48, 57), ByteSet.range(0, 31)]);
    expect(bytes.map((byte) => String.fromCharCode(byte)).slice(0, 3)).toEqual(["a", "A", "0"]);
  });

  it("part the bytes as any sets do", () => {
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }).map(setOf);
    const set = fc.tuple(some, fc.boolean()).map(([one, inverse]) => (inverse ? one.complement() : one));
    fc.assert(fc.property(fc.array(set, { maxLength: 12 }), hold), { seed: 9, numRuns: rounds(60) });
  });
});
