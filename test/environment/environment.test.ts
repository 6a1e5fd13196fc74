import vm from "node:vm";
import { describe, expect, it } from "@jest/globals";

/** Node.js 20.18 and later can make ordinary ones; before, tests run in Jest's own environment. */
const isKnown = "DONT_CONTEXTIFY" in (vm.constants ?? {});

describe("the global object of tests", () => {
  (isKnown ? it : it.skip)("is an ordinary one, which stands for no other object", () => {
    // Of one that stands for another object, only that other object is a context.
    expect(vm.isContext(globalThis)).toBe(true);
  });

  it("is not the one of the program that runs the tests", () => {
    expect(vm.runInThisContext("globalThis")).not.toBe(globalThis);
  });

  it("has what Node gives to programs", () => {
    const names = ["Buffer", "URL", "TextDecoder", "performance", "process", "setTimeout", "structuredClone"];
    expect(names.filter((name) => !(name in globalThis))).toEqual([]);
  });

  it("shares the class of bytes with Node's own modules", () => {
    expect(Buffer.from("a")).toBeInstanceOf(Uint8Array);
    expect(new TextEncoder().encode("a")).toBeInstanceOf(Uint8Array);
  });

  it("leaves contexts that tests make as they are", () => {
    const stoodFor = { seen: 1 };
    vm.runInContext("seen = 2", vm.createContext(stoodFor));
    expect(stoodFor.seen).toBe(2);
  });
});
