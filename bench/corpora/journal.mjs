import { Block } from "./block.mjs";
import { fallback, talk, wanted } from "./journal-talk.mjs";
import { nearMiss } from "./near-misses.mjs";
import { generator } from "./random.mjs";
import { ISO, SHORT } from "./stamps.mjs";
import { writeBlocks } from "./write.mjs";

const BLOCK_BYTES = 16e6;
/** Before this line of a block stands a pull that falls back from v2 to v1. */
const INCIDENT = 1000;

/**
 * @param say gives what the lines say, one after the other: the daemon's words, or `{ kernel }`
 * @param bytes the block's size
 */
function block(next, say, bytes) {
  const made = new Block();
  const line = (us, level, said) => {
    made.place(SHORT, us);
    if (said.kernel) made.add(` node-17 kernel: ${said.kernel}\n`).end();
    else {
      made.add(' node-17 dockerd[2706]: time="').place(ISO, us);
      made.add(`${100 + next(900)}Z" level=${level} msg="${said}"\n`).end();
    }
  };
  let us = 0;
  for (let n = 1; made.length < bytes; n++) {
    if (n === INCIDENT) {
      for (const [ms, level, message] of fallback(next)) line(us + ms * 1000, level, message);
      us += 5_100_000;
    }
    us += 1000 * (1 + next(12));
    line(us, "debug", say());
  }
  return made;
}

/**
 * A docker daemon's journal. One line in 18 000 belongs to a pull that falls back from v2 to v1.
 * @param options `decoded`: the share of lines that message shapes read and somebody asks for; `hostile`: every line of the second
 *   half nearly fits one; `from`: µs UTC of the first line
 */
export function journal(file, bytes, { decoded = 0, hostile = false, from } = {}) {
  const size = Math.min(BLOCK_BYTES, bytes / 2);
  const next = generator(1);
  const want = wanted(next);
  const first = block(next, () => (next(1000) < decoded * 1000 ? want() : talk(next)), size);
  const second = hostile ? block(next, () => nearMiss(next), size) : first;
  return writeBlocks(file, bytes, (written) => (written < bytes / 2 ? first : second), { from });
}
