import { describe, expect, it } from "@jest/globals";
import { grammars } from "../../src/grammar/generated.js";

describe("kinds of event that decoders take apart", () => {
  it("are no message's: a packet that is told of in words would vanish as one that was captured", () => {
    const taken = grammars
      .filter(({ layer }) => layer === "message")
      .flatMap(({ shapes }) => shapes)
      .filter(({ event }) => /^(?:process|strace|packet|monitor)\./.test(event))
      .map(({ grammar, event }) => `${grammar}: ${event}`);
    expect(taken).toEqual([]);
  });
});
