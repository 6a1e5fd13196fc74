import { afterEach, describe, expect, test } from "@jest/globals";
import { createScanner } from "../../src/scan/create.js";
import { ReferenceScanner } from "../../src/scan/reference.js";
import { WasmScanner } from "../../src/scan/wasm.js";

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

  test("refuses a head without an upper bound for each lower one", () => {
    const head = { low: new Uint8Array(3), high: new Uint8Array(2) };
    for (const kind of ["js", "wasm"] as const)
      expect(() => createScanner([], { kind }).addHead(head)).toThrow(RangeError);
  });
});
