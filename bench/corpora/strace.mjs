import { Block } from "./block.mjs";
import { generator } from "./random.mjs";
import { EPOCH, TIME_OF_DAY } from "./stamps.mjs";
import { lookUp } from "./strace-lookups.mjs";
import { chooser } from "./strace-talk.mjs";
import { writeBlocks } from "./write.mjs";

const BLOCK_BYTES = 8e6;
const THREADS = 24;
/** So many calls lie between two look-ups; one look-up in forty is unanswered by the first server. */
const CALLS = 300;

/** One block: what strace -f writes while the threads of a daemon get in each other's way. */
function block(writer, bytes, seed) {
  const next = generator(2 + seed);
  const choose = chooser(next);
  const made = new Block();
  let us = 0;
  const line = (pid, text) => {
    made.add(`${pid} `).place(writer, us).add(` ${text}\n`).end();
    us += 5 + next(90);
  };
  /** Calls under way, by thread: what their second halves will say. */
  const open = new Map();
  const finish = (pid) => {
    const { name, rest } = open.get(pid);
    open.delete(pid);
    line(pid, `<... ${name} resumed>${rest} <0.000${100 + next(900)}>`);
  };
  for (let n = 0; made.length < bytes; n++) {
    const pid = 27000 + next(THREADS);
    if (open.has(pid)) finish(pid);
    if (n % CALLS === CALLS / 2) {
      const lost = n % (CALLS * 40) === CALLS / 2;
      for (const { text, after = 0 } of lookUp(next, lost)) {
        line(pid, text);
        us += after;
      }
      continue;
    }
    const { name, head, rest } = choose();
    if (next(6) === 0) {
      line(pid, `${name}(${head} <unfinished ...>`);
      open.set(pid, { name, rest });
    } else line(pid, `${name}(${head}${rest} <0.0000${10 + next(80)}>`);
  }
  for (const pid of [...open.keys()]) finish(pid);
  made.span = Math.max(made.span, us);
  return made;
}

/**
 * A traced daemon of many threads: one call in six is interrupted by another thread's, one line in thirty belongs to a look-up.
 * @param options `epoch`: stamps of `-ttt` in place of `-tt`; `from`: µs UTC; `seed`: another one gives other calls
 */
export function strace(file, bytes, { epoch = false, from, seed = 0 } = {}) {
  const made = block(epoch ? EPOCH : TIME_OF_DAY, Math.min(BLOCK_BYTES, bytes / 2), seed);
  return writeBlocks(file, bytes, () => made, { from });
}
