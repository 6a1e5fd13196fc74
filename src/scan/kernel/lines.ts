import { bits64 } from "./bits";
import { chunk, ends } from "./memory";

const LINE_FEED: i32 = 10;

/** Line feeds of the last chunk, and its length. */
export let lines: i32 = 0;
export let length: i32 = 0;

/** Finds the line feeds among the first `bytes` bytes. @returns how many */
export function findEnds(bytes: i32): i32 {
  const feed = i8x16.splat(LINE_FEED as i8);
  const stop = chunk + bytes;
  let out = ends;
  for (let at = chunk; at < stop; at += 64) {
    let found = bits64(
      i8x16.eq(v128.load(at), feed),
      i8x16.eq(v128.load(at, 16), feed),
      i8x16.eq(v128.load(at, 32), feed),
      i8x16.eq(v128.load(at, 48), feed),
    );
    if (stop - at < 64) found &= ((1 as u64) << ((stop - at) as u64)) - 1;
    // Most blocks have one line feed or none. The first is written without asking, which spares a branch that nobody can foresee.
    const base = (at - chunk) as i32;
    store<i32>(out, base + (ctz(found) as i32));
    if (found & (found - 1)) {
      do {
        store<i32>(out, base + (ctz(found) as i32));
        out += 4;
        found &= found - 1;
      } while (found);
    } else {
      out += found !== 0 ? 4 : 0;
    }
  }
  length = bytes;
  lines = ((out - ends) >> 2) as i32;
  return lines;
}
