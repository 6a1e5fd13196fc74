import type { Grammar } from "../../grammar/types.js";
import { createScanner } from "../../scan/create.js";
import type { Scanner } from "../../scan/scanner.js";
import { HeadLearner } from "./head-learner.js";

/** A scanner, and what it has learned about lines of one format. */
export interface Equipment {
  readonly scanner: Scanner;
  readonly learner: HeadLearner | undefined;
}

interface Kept {
  readonly key: string;
  readonly scanner: Scanner;
  grammar: Grammar | undefined;
  learner: HeadLearner | undefined;
}

/** So many are kept for further use. */
const KEPT = 4;

/**
 * Scanners of this thread that nobody uses at the moment: each has some megabytes of memory and a plan of its literals. One that has
 * learned how the lines of a format begin is lent for that format again, if possible.
 */
const idle: Kept[] = [];
const lent = new Map<Scanner, Kept>();

/**
 * Lends a scanner for these literals; give it back.
 * @param primary the format whose lines it is to learn; absent: it is to learn none
 */
export function borrowScanner(literals: readonly string[], primary: Grammar | undefined): Equipment {
  const key = literals.join("\n");
  const able = idle.filter((kept) => kept.key === key);
  const found = able.find(({ grammar }) => grammar === primary) ?? able[0];
  if (found) idle.splice(idle.indexOf(found), 1);
  const kept = found ?? { key, scanner: createScanner(literals), grammar: undefined, learner: undefined };
  if (primary && kept.grammar !== primary) {
    kept.grammar = primary;
    kept.learner = new HeadLearner(kept.scanner, primary);
  }
  lent.set(kept.scanner, kept);
  return { scanner: kept.scanner, learner: primary && kept.learner };
}

/** Takes back what was lent; of those that wait longest one is let go. */
export function returnScanner({ scanner }: Equipment): void {
  const kept = lent.get(scanner);
  if (!kept) return;
  lent.delete(scanner);
  idle.push(kept);
  if (idle.length > KEPT) idle.shift();
}
