import { BEGINNING } from "../beginning.js";
import { ByteSet } from "../bytes.js";
import type { Node } from "../ir/ir.js";
import { Automaton } from "./automaton.js";

/**
 * Which bytes can stand at each of the first places of a text that the pattern matches, as `mayBegin` (beginning.ts) reads it. Empty
 * when nothing can be said. What an `upto` forbids is left out of account: more is then allowed than the pattern allows, never less.
 * @throws TooLarge
 */
export function beginningOf(root: Node): string[] {
  const automaton = new Automaton(root);
  const sets: ByteSet[] = [];
  let states = new Set(automaton.initial.map(({ to }) => to));
  while (sets.length < BEGINNING) {
    const next = new Set<number>();
    let set = ByteSet.EMPTY;
    for (const state of states) {
      const read = automaton.read(state);
      if (!read) continue;
      set = set.union(read.set);
      for (const { to } of automaton.stepsFrom(state)) next.add(to);
    }
    sets.push(set);
    states = next;
  }
  while (sets.at(-1)?.equals(ByteSet.ALL)) sets.pop();
  return sets.map(rangesOf);
}

/** A set as the first and last bytes of its ranges: `AZaz`. */
function rangesOf(set: ByteSet): string {
  let ranges = "";
  for (let byte = 0; byte < 256; byte++) {
    if (!set.has(byte)) continue;
    const from = byte;
    while (byte < 255 && set.has(byte + 1)) byte++;
    ranges += String.fromCharCode(from, byte);
  }
  return ranges;
}
