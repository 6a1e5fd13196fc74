import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Call } from "../../../src/decode/strace/calls.js";
import { type Datagram, datagramOf } from "../../../src/decode/strace/datagrams.js";
import { messagesIn, sentBuffers } from "../../../src/decode/strace/sending.js";

const NAME = "\\5cache\\7example\\3net\\0\\0\\1\\0\\1";
const QUERY = `\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${NAME}`;

const callOf = (args: string, name = "sendto", result = "35") =>
  new Call(name, args, result, " <0.000060>", [], 7, Number.NaN);

/** The same, read from the whole text. */
function read(call: Call): Datagram {
  const [buffer] = sentBuffers(call);
  return { buffer: buffer!, messages: messagesIn(buffer!, "udp") };
}

/** A byte as strace writes it before `next`: octal digits as few as can be told from what follows, a name, itself. */
function written(byte: number, next: string): string {
  const named = new Map([
    [9, "t"],
    [10, "n"],
    [13, "r"],
    [34, '"'],
    [92, "\\"],
  ]).get(byte);
  if (named) return `\\${named}`;
  if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
  return `\\${byte.toString(8).padStart(/^[0-7]/.test(next) ? 3 : 1, "0")}`;
}

const byte = fc.integer({ min: 0, max: 255 });
const rest = fc.constantFrom(
  `${QUERY}", 35, 0, NULL, 0`,
  `${QUERY}"..., 35, 0, NULL, 0`,
  `${QUERY}`,
  // A name that goes on in the id.
  `\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\1a\\300\\0\\0\\1\\0\\1", 35, 0, NULL, 0`,
  `7 no message", 12, 0, NULL, 0`,
  `", 2, 0, NULL, 0`,
);

describe("what a call moves", () => {
  it("is what its whole text says, whatever was read before", () => {
    let found = 0;
    fc.assert(
      fc.property(byte, byte, rest, fc.constantFrom("35", "2", "12"), (first, second, behind, result) => {
        const later = written(second, behind);
        const call = callOf(`3, "${written(first, later)}${later}${behind}`, "sendto", result);
        const datagram = datagramOf(call, sentBuffers);
        if (datagram === undefined) return;
        const whole = read(call);
        found += whole.messages.length;
        expect(datagram.messages).toEqual(whole.messages);
        expect(datagram.buffer.bytes.length).toBe(whole.buffer.bytes.length);
        expect({ ...datagram.buffer, bytes: [] }).toEqual({ ...whole.buffer, bytes: [] });
      }),
      { seed: 20_261_122, numRuns: 5000 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  it("is read once where only the id differs", () => {
    let reads = 0;
    const buffersOf = (call: Call) => {
      reads++;
      return sentBuffers(call);
    };
    const ids = ["\\0224", "\\1\\2", "ab", "\\377\\377"].map(
      (id) => datagramOf(callOf(`4, "${id}${QUERY}", 36, MSG_NOSIGNAL, NULL, 0`), buffersOf)?.messages[0]?.id,
    );
    expect(ids).toEqual([0x1234, 0x0102, 0x6162, 0xffff]);
    expect(reads).toBe(1);
  });

  it.each([
    [`3, [{iov_base="\\0224${QUERY}", iov_len=35}], 1`, "writev"],
    [`3<UDP:[10.0.0.2:4000->192.0.2.53:53]>, "\\0224${QUERY}", 35`, "write"],
    ["3, 0xc000a3c000, 35", "read"],
    ['3, "', "read"],
    ['3, "a", 1', "read"],
  ])("is left to others where it is no one text: %s", (args, name) => {
    expect(datagramOf(callOf(args, name), sentBuffers)).toBeUndefined();
  });
});
