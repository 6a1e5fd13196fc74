import type { Grammar } from "../../grammar/types.js";
import { createScanner } from "../../scan/create.js";
import type { Scanner } from "../../scan/scanner.js";
import { MAX_RECORD } from "./claim.js";
import { HeadLearner } from "./head-learner.js";

/** A scanner, and what it has learned about lines of one format. */
export interface Equipment {
  readonly scanner: Scanner;
  readonly learner: HeadLearner | undefined;
  /** Literals and format that it is for. */
  readonly key: string;
  readonly grammar: Grammar | undefined;
}

/** So many are kept for further use: as many as there are formats of which a folder holds much. */
const KEPT = 8;

/**
 * Scanners of this thread that nobody uses at the moment: each has some memory and a plan of its literals. One that has
 * learned how the lines of a format begin is lent for that format again, if possible.
 */
const idle: Equipment[] = [];

/** A source asks with the same list for each of its stretches: thousands of literals are joined once. */
const keys = new WeakMap<readonly string[], string>();

function keyOf(literals: readonly string[]): string {
  let key = keys.get(literals);
  if (key === undefined) keys.set(literals, (key = literals.join("\n")));
  return key;
}

/** The scanner's memory is given in multiples of this. */
const PAGE = 64 << 10;
/** Behind what is wanted lies the rest of its last record, which is short as a rule. */
export const BEHIND = 16 << 10;

/** So much is put into a scanner's memory at a time: it is still in the processor's cache when it is scanned. */
export const PIECE = 256 << 10;

/** A chunk of so many bytes holds the longest record that must wait for its end, and a piece behind it. */
export const ANY_RECORD = MAX_RECORD + PIECE;

/** Bytes that a scanner's chunk must hold to read so many. */
export const capacityFor = (length: number, most = ANY_RECORD): number =>
  Math.min(most, Math.ceil((length + BEHIND) / PAGE) * PAGE);

/**
 * Lends a scanner for these literals.
 * @param primary the format whose lines it is to learn; absent: it is to learn none
 * @param capacity bytes that its chunk must hold. V8 counts forty times as much as memory in use, and collects garbage whenever that grows
 * by some megabytes: ask for little.
 */
export function borrowScanner(
  literals: readonly string[],
  primary: Grammar | undefined,
  capacity: number = ANY_RECORD,
): Equipment {
  const key = keyOf(literals);
  const able = idle.filter((kept) => kept.key === key && kept.scanner.bytes.length >= capacity);
  const found = able.find(({ grammar }) => grammar === primary) ?? able[0];
  if (found) idle.splice(idle.indexOf(found), 1);
  if (found && found.grammar === primary) return found;
  const scanner = found?.scanner ?? createScanner(literals, { capacity, instead: spare(capacity) });
  return { scanner, learner: primary && new HeadLearner(scanner, primary), key, grammar: primary };
}

/** Of scanners for other literals, when as many as are kept lie idle, the one that waits longest and has the room. */
function spare(capacity: number): Scanner | undefined {
  if (idle.length < KEPT) return undefined;
  const place = idle.findIndex(({ scanner }) => scanner.bytes.length >= capacity);
  return place < 0 ? undefined : idle.splice(place, 1)[0]!.scanner;
}

/** Lets go of all that lie idle: what is read next looks for other literals. */
export function forgetScanners(): void {
  idle.length = 0;
}

/** Takes back what was lent and is used no more; of those that wait longest one is let go. */
export function returnScanner(equipment: Equipment): void {
  idle.push(equipment);
  if (idle.length > KEPT) idle.shift();
}

/** Lends scanners to readers that take turns: one is enough for all that look for the same in lines of one format. */
export class SharedScanners {
  private readonly lent: Equipment[] = [];

  /** @param capacity bytes that a chunk must hold, of whichever reader */
  constructor(private readonly capacity: number = ANY_RECORD) {}

  /** As {@link borrowScanner}. Others may be lent the same: who pauses leaves nothing in its memory. */
  borrow(literals: readonly string[], primary: Grammar | undefined): Equipment {
    const key = keyOf(literals);
    let found = this.lent.find((one) => one.key === key && one.grammar === primary);
    if (!found) this.lent.push((found = borrowScanner(literals, primary, this.capacity)));
    return found;
  }

  /** Nobody reads with them any more. */
  close(): void {
    for (const equipment of this.lent.splice(0)) returnScanner(equipment);
  }
}
