import { describe, expect, it } from "@jest/globals";
import { decodeDns } from "../../../src/decode/dns/message.js";
import { decodeDnsStream } from "../../../src/decode/dns/stream.js";

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");
const NAME = "08 72656769737472 79".replace("08", "08") + "04 636f7270 04 74657374 00";
const QUERY = hex(`d325 0100 0001 0000 0000 0000 ${NAME} 001c 0001`);
const ANSWER = hex(
  `d325 8580 0001 0003 0000 0000 ${NAME} 0001 0001
   c00c 0005 0001 0000 003c 0006 03 777777 c015
   c033 0001 0001 0000 003c 0004 0a000102
   c033 001c 0001 0000 003c 0010 20010db8000000000000000000000001`,
);
const whole = (b: Uint8Array) => decodeDns(b, 0, b.length, true);
const part = (b: Uint8Array, n: number) => decodeDns(b, 0, n, false);

describe("decodeDns", () => {
  it("reads a query", () => {
    expect(whole(QUERY)).toEqual({
      id: 0xd325,
      response: false,
      opcode: 0,
      flags: ["RD"],
      responseCode: undefined,
      question: { name: "registry.corp.test", type: "AAAA" },
      answersCount: 0,
      addresses: [],
      nameCut: false,
      cut: false,
    });
  });

  it("reads an answer with compressed names and its addresses", () => {
    expect(whole(ANSWER)).toMatchObject({
      response: true,
      flags: ["AA", "RD", "RA"],
      responseCode: "NOERROR",
      question: { name: "registry.corp.test", type: "A" },
      answersCount: 3,
      addresses: ["10.0.1.2", "2001:db8::1"],
      cut: false,
    });
  });

  it("names the response code", () => {
    const refused = Buffer.from(QUERY);
    refused.writeUInt16BE(0x8185, 2);
    expect(whole(refused)?.responseCode).toBe("REFUSED");
  });

  it("lowers the case, escapes what is no host name, and calls the root a dot", () => {
    const odd = (name: string) =>
      whole(hex(`0001 0100 0001 0000 0000 0000 ${name} 0002 0001`))?.question?.name;
    expect(odd("03 41622d 00")).toBe("ab-");
    expect(odd("03 612e62 01 00 00")).toBe("a\\.b.\\000");
    expect(odd("00")).toBe(".");
  });

  it.each([
    [4, { question: undefined, answersCount: undefined, nameCut: true, cut: true }],
    [12, { question: { name: "", type: undefined }, answersCount: 0, nameCut: true }],
    [16, { question: { name: "reg", type: undefined }, nameCut: true, cut: true }],
    [25, { question: { name: "registry.cor", type: undefined }, nameCut: true }],
    [32, { question: { name: "registry.corp.test", type: undefined }, nameCut: false, cut: true }],
    [34, { question: { name: "registry.corp.test", type: "AAAA" }, nameCut: false, cut: true }],
  ])("of a buffer cut to %i bytes says what is sure", (length, expected) => {
    expect(part(QUERY, length)).toMatchObject({ id: 0xd325, ...expected });
  });

  it("keeps the addresses in front of a cut", () => {
    const cut = part(ANSWER, ANSWER.length - 3);
    expect(cut).toMatchObject({ addresses: ["10.0.1.2"], answersCount: 3, nameCut: false, cut: true });
  });

  it.each([
    ["too short", hex("d325 0100 0001")],
    ["an unassigned opcode", hex(`d325 7900 0001 0000 0000 0000 ${NAME} 0001 0001`)],
    ["a set reserved bit", hex(`d325 0140 0001 0000 0000 0000 ${NAME} 0001 0001`)],
    ["a query with an error code", hex(`d325 0103 0001 0000 0000 0000 ${NAME} 0001 0001`)],
    ["more records than fit", hex(`d325 8180 0001 0009 0000 0000 ${NAME} 0001 0001`)],
    ["an unknown class", hex(`d325 0100 0001 0000 0000 0000 ${NAME} 0001 0007`)],
    ["a reserved label type", hex("d325 0100 0001 0000 0000 0000 41 61 00 0001 0001")],
    ["a pointer to itself", hex("d325 0100 0001 0000 0000 0000 c00c 0001 0001")],
    ["a pointer into the header", hex("d325 0100 0001 0000 0000 0000 c004 0001 0001")],
    ["text", Buffer.from("GET /v2/ HTTP/1.1\r\nHost: registry.corp.test\r\n\r\n")],
  ])("rejects %s", (_what, bytes) => {
    expect(whole(bytes)).toBeUndefined();
  });

  it("does not confuse names that share a slot of its table", () => {
    for (let i = 0; i < 20000; i++) {
      const label = `host-${i % 7000}`;
      const wire = Buffer.concat([
        QUERY.subarray(0, 12),
        Buffer.from([label.length]),
        Buffer.from(label),
        hex("00 0001 0001"),
      ]);
      if (whole(wire)?.question?.name !== label) throw new Error(label);
    }
  });
});

describe("decodeDnsStream", () => {
  const framed = (b: Buffer) => Buffer.concat([Buffer.from([b.length >> 8, b.length & 255]), b]);

  it("reads every message of a segment, the last as far as it goes", () => {
    const bytes = Buffer.concat([framed(QUERY), framed(ANSWER).subarray(0, 60)]);
    const messages = decodeDnsStream(bytes, 0, bytes.length, true);
    expect(messages.map((m) => [m.response, m.cut])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it("finds nothing in the middle of a message", () => {
    const bytes = framed(ANSWER).subarray(20);
    expect(decodeDnsStream(bytes, 0, bytes.length, true)).toEqual([]);
    expect(decodeDnsStream(bytes, 0, 2, true)).toEqual([]);
  });
});
