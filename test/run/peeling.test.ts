import { describe, expect, it } from "@jest/globals";
import { envelopesOf } from "../../src/decode/envelopes.js";
import { Composer } from "../../src/decode/text/compose.js";
import { grammars } from "../../src/grammar/generated.js";
import { MessageIndex } from "../../src/grammar/index/index.js";
import { peeled } from "../../src/run/peeling.js";
import { recognise } from "../../src/run/recognise.js";

const envelopes = envelopesOf(grammars);

/** Peels a sample; `read` are the records that were read to the end for it. */
function peel(sample: string): { layers: readonly string[] | undefined; read: number } {
  let read = 0;
  const composer = new Composer({ bodies: [], messages: new MessageIndex([]) });
  const { compose } = composer;
  composer.compose = (...args) => {
    read++;
    return compose.apply(composer, args);
  };
  const seen = recognise(sample, envelopes);
  const found = peeled(sample, seen, composer, (shown) => recognise(shown, envelopes));
  return { layers: found?.peel.layers, read };
}

describe("what was put around a source's lines", () => {
  const packets = Array.from(
    { length: 60 },
    (_, i) =>
      `${String(i + 1).padStart(5)} ${(i * 0.25).toFixed(9)} 192.0.2.7 -> 192.0.2.53   DNS 80 Standard query 0x${(4096 + i).toString(16)} A www.example.net`,
  );

  it("is not looked for where a format of its own claims the lines as they stand, numbers and all", () => {
    expect(peel(`${packets.join("\n")}\n`)).toEqual({ layers: undefined, read: 0 });
  });

  it("is found where nobody claims the lines as they stand", () => {
    const numbered = packets.map(
      (_, i) =>
        `${String(i + 1).padStart(6)}\tMar  2 10:00:${String(i).padStart(2, "0")} node-1 app[27]: ${i}`,
    );
    const { layers, read } = peel(`${numbered.join("\n")}\n`);
    expect(layers).toEqual(["numbering"]);
    expect(read).toBeGreaterThan(0);
  });
});
