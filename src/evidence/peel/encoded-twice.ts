import type { Peeler } from "./peeler.js";

/** What UTF-8 becomes when it is taken for Windows-1252 or Latin-1 and encoded once more: `…` is `â€¦`, `ü` is `Ã¼`. */
const TWICE =
  /\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|\xc5[\x92-\xbe]|\xc6\x92|\xcb[\x86\x9c])/;

/** The characters that Windows-1252 has in the place of C1 controls (WHATWG Encoding, index-windows-1252), by code point. */
let windows1252: ReadonlyMap<number, number> | undefined;

function tableOf1252(): ReadonlyMap<number, number> {
  const chars = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, i) => 128 + i));
  return new Map([...chars].map((char, i) => [char.codePointAt(0)!, 128 + i]));
}

/** Text whose UTF-8 went through a program that took it for something else. */
export const encodedTwice: Peeler = {
  name: "encoded-twice",
  harmless: true,
  suits: (lines) => lines.some((line) => line.includes("\xc3") && TWICE.test(line)),
  begin: () => (line) => (line.includes("\xc3") && TWICE.test(line) ? (once(line) ?? line) : line),
};

/** The bytes that the line was before, if all of it was encoded twice and they are text. */
function once(line: string): string | undefined {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  try {
    const bytes: number[] = [];
    for (const char of utf8.decode(Buffer.from(line, "latin1"))) {
      const code = char.codePointAt(0)!;
      const byte = code < 256 ? code : (windows1252 ??= tableOf1252()).get(code);
      if (byte === undefined) return undefined;
      bytes.push(byte);
    }
    const before = Buffer.from(bytes);
    utf8.decode(before);
    return before.toString("latin1");
  } catch {
    return undefined;
  }
}
