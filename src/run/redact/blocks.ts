import { Transcoder } from "../../evidence/encoding.js";
import { openChunks } from "../../evidence/open.js";
import type { Surveyed } from "../survey.js";

/** Longer lines are cut, where no word goes on (characters). */
const MOST_LINE = 8 << 20;
/** So much is looked at together, since what makes a secret of a value may stand some lines above it (characters). */
const BLOCK = 4 << 20;
/** The longest keys are shorter. */
const KEY = 64 << 10;

/**
 * A text's bytes as characters (latin1), unpacked and in UTF-8, in blocks that end with a line.
 * @throws PackingError where packed data breaks off, after all that could be read; the system's error
 */
export async function* textBlocks({ file, packing, encoding }: Surveyed): AsyncGenerator<string> {
  const transcoder = new Transcoder(encoding);
  let rest = "";
  const whole = function* (): Generator<string> {
    let end = rest.lastIndexOf("\n") + 1;
    // A key over several lines stays together with its beginning.
    const key = rest.lastIndexOf("-----BEGIN ", end);
    if (key > 0 && end - key < KEY && !rest.includes("-----END ", key)) end = rest.lastIndexOf("\n", key) + 1;
    if (end === 0 && rest.length >= MOST_LINE) end = rest.search(/\W\w{0,4096}$/) + 1 || rest.length;
    if (end === 0) return;
    yield rest.slice(0, end);
    rest = rest.slice(end);
  };
  try {
    for await (const chunk of openChunks(file.absolute, packing)) {
      rest += transcoder.push(chunk).toString("latin1");
      if (rest.length >= BLOCK) yield* whole();
    }
  } finally {
    rest += transcoder.end().toString("latin1");
  }
  if (rest !== "") yield rest;
}
