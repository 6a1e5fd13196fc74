import { NotCarried } from "./problem.js";

/** Modifiers that change a value before it is looked for. */
export const ENCODINGS: Readonly<Record<string, (bytes: Buffer) => Buffer[]>> = {
  base64: (bytes) => [Buffer.from(bytes.toString("base64"), "latin1")],
  base64offset: (bytes) => [0, 1, 2].map((offset) => Buffer.from(base64At(bytes, offset), "latin1")),
  wide: (bytes) => [utf16le(bytes)],
  utf16le: (bytes) => [utf16le(bytes)],
  utf16be: (bytes) => [utf16le(bytes).swap16()],
  utf16: (bytes) => [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le(bytes)])],
};

const utf16le = (bytes: Buffer): Buffer => Buffer.from(bytes.toString("utf8"), "utf16le");

/**
 * What of the value's Base64 does not depend on its neighbours, when it begins `offset` bytes into a group of three: signs
 * that hold bits of other bytes are left out.
 */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const first = [0, 2, 3][offset]!;
  const isWhole = (bytes.length + offset) % 3 === 0;
  return text.slice(first, isWhole ? undefined : -1);
}

const DASHES = ["-", "/", "\u2013", "\u2014", "\u2015"];
/** Every dash may be any of five: more than these in one value are too many texts. */
const MOST_DASHES = 3;

/** `windash`: the value with each flag's dash in all its forms. */
export function dashed(text: string): string[] {
  const places = [...text.matchAll(/(?<=^|\s)[-/\u2013\u2014\u2015](?=\w)/g)].map(({ index }) => index);
  if (places.length > MOST_DASHES)
    throw new NotCarried(`\`windash\` of a value with ${places.length} flags has too many forms`);
  let forms = [text];
  for (const place of places)
    forms = forms.flatMap((form) =>
      DASHES.map((dash) => form.slice(0, place) + dash + form.slice(place + 1)),
    );
  return forms;
}
