import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { lexemesOf } from "../../../src/grammar/draft/lexemes.js";

const kinds = (record: string) =>
  lexemesOf(record)
    .filter(({ kind }) => kind !== "blank")
    .map(({ kind, text }) => `${kind} ${text}`);

describe("pieces of a line", () => {
  it.each([
    ["2026-11-22T03:52:32.5Z", "RFC3339"],
    ["2026-11-22 03:52:32,525", "DATETIME"],
    ["Sun Nov 22 03:50:45 2026", "CTIME"],
    ["Nov  2 03:52:32", "SYSLOG_TIME"],
    ["22/Nov/2026:03:52:37 +0000", "CLF_TIME"],
    ["2026/11/22 03:52:37", "SLASHED"],
    ["22-Nov-2026 12:15:09.781", "DAY_FIRST"],
    ["03:46:29.776817", "TOD"],
    ["1795319188.965243", "EPOCH"],
  ])("%s is a time (%s)", (text, token) => {
    expect(lexemesOf(`${text} x`)[0]).toEqual({ kind: "stamp", text, token });
    expect(lexemesOf(`[${text}] x`)[1]).toEqual({ kind: "stamp", text, token });
  });

  it("ten digits are a time only where a line begins", () => {
    expect(kinds("job 1795319188 done")).toEqual(["word job", "int 1795319188", "word done"]);
  });

  it("values by their look, words and signs", () => {
    expect(
      kinds(
        'WARN eth0: lost 192.0.2.1:53 (2001:db8::1) after 4.5s, 17 of 0x1f at 0.25: "a \\"b\\"" /var/x.log',
      ),
    ).toEqual([
      "level WARN",
      "word eth0",
      "sign :",
      "word lost",
      "endpoint 192.0.2.1:53",
      "sign (",
      "ip 2001:db8::1",
      "sign )",
      "word after",
      "duration 4.5s",
      "sign ,",
      "int 17",
      "word of",
      "hex 0x1f",
      "word at",
      "number 0.25",
      "sign :",
      'quoted "a \\"b\\""',
      "path /var/x.log",
    ]);
  });

  it("keys and what stands behind them; a time in quotes is a time", () => {
    expect(kinds('time="2026-11-22T03:52:32Z" id=4f5e6d7c8b9a to=web-1 n=3')).toEqual([
      "key time",
      "sign =",
      'sign "',
      "stamp 2026-11-22T03:52:32Z",
      'sign "',
      "key id",
      "sign =",
      "value 4f5e6d7c8b9a",
      "key to",
      "sign =",
      "value web-1",
      "key n",
      "sign =",
      "int 3",
    ]);
  });

  it("are together the whole line, whatever it is", () => {
    const line = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(line, (text) => {
        expect(
          lexemesOf(text)
            .map((lexeme) => lexeme.text)
            .join(""),
        ).toBe(text);
      }),
      { seed: 4711, numRuns: 300 },
    );
  });
});
