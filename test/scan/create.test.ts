import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createScanner } from "../../src/scan/create.js";
import { ReferenceScanner } from "../../src/scan/reference.js";
import { WasmScanner } from "../../src/scan/wasm.js";
import { hits, latin1, load, odd } from "./scanners.js";

describe("a scanner", () => {
  const { WebAssembly } = globalThis as { WebAssembly: unknown };
  afterEach(() => {
    delete process.env["HINDCAST_SCANNER"];
    Object.assign(globalThis, { WebAssembly });
  });

  test("is the one in WebAssembly", () => {
    expect(createScanner(["timeout"])).toBeInstanceOf(WasmScanner);
  });

  test("is the reference where somebody asks for it", () => {
    expect(createScanner([], { kind: "js" })).toBeInstanceOf(ReferenceScanner);
    process.env["HINDCAST_SCANNER"] = "js";
    expect(createScanner([])).toBeInstanceOf(ReferenceScanner);
  });

  test("has room for a chunk of its capacity, which lies at the beginning of a page", () => {
    for (const kind of ["js", "wasm"] as const) {
      expect(createScanner([], { kind, capacity: 70_001 }).bytes).toHaveLength(70_001);
      expect(createScanner([], { kind }).bytes).toHaveLength(4 << 20);
    }
    expect(createScanner([], { kind: "wasm" }).bytes.byteOffset % 4096).toBe(0);
  });

  test("finds the same in memory that another one has left", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c", "\n"), maxLength: 300 });
    const literals = fc.array(
      fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 12 }),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(letters, literals, letters, literals, (before, wantedBefore, text, wanted) => {
        const left = createScanner(wantedBefore, { kind: "wasm", capacity: 4096, little: 0 });
        left.addHead({ low: latin1("aa"), high: latin1("bc") });
        const bytes = latin1(before);
        load(left, bytes);
        hits(left, bytes.length);
        odd(left, bytes.length);

        const own = latin1(text);
        const head = { low: latin1("b"), high: latin1("c") };
        const [inOwn, inLeft] = [undefined, left].map((instead) => {
          const scanner = createScanner(wanted, { kind: "wasm", capacity: 4096, little: 0, instead });
          scanner.addHead(head);
          load(scanner, own);
          return {
            hits: hits(scanner, own.length),
            odd: odd(scanner, own.length),
            buffer: scanner.bytes.buffer,
          };
        });
        const isEnough = inOwn!.buffer.byteLength <= left.bytes.buffer.byteLength;
        expect(inLeft!.buffer === left.bytes.buffer).toBe(isEnough);
        expect({ ...inLeft, buffer: undefined }).toEqual({ ...inOwn, buffer: undefined });
      }),
      { seed: 20, numRuns: 100 },
    );
  });

  test("asks for memory of its own where what was left is too small", () => {
    const left = createScanner(["timeout"], { kind: "wasm", capacity: 4096 });
    const scanner = createScanner(["timeout"], { kind: "wasm", capacity: 1 << 20, instead: left });
    expect(scanner.bytes).toHaveLength(1 << 20);
    expect(scanner.bytes.buffer).not.toBe(left.bytes.buffer);
  });

  test("refuses a head without an upper bound for each lower one", () => {
    const head = { low: new Uint8Array(3), high: new Uint8Array(2) };
    for (const kind of ["js", "wasm"] as const)
      expect(() => createScanner([], { kind }).addHead(head)).toThrow(RangeError);
  });
});
