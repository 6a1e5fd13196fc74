import { rawLiterals } from "../../grammar/ir/literals.js";
import type { Grammar, Shape } from "../../grammar/types.js";

/** Shorter literals are in every other line. */
const SHORTEST = 3;

/**
 * Literals one of which stands in each record of a format that can tell of a wanted happening. A happening is told by the format's own
 * shape, by the message shape that reads the record's words, or by one that reads an error inside them: whichever shape tells it has found its literals in
 * the record.
 *
 * @param envelope the source's main format, whose records hand words on
 * @param wants which happenings are wanted, by action
 * @returns `undefined` when any record can tell of one
 */
export function neededLiterals(
  envelope: Grammar,
  messages: readonly Grammar[],
  wants: (action: string) => boolean,
): string[] | undefined {
  const needed = [...signsOf(messages), ...envelope.shapes.map(signOf)].filter(({ event }) => wants(event));
  if (needed.some(({ literals }) => isVague(literals))) return undefined;
  return [...new Set([...needed.flatMap(({ literals }) => literals), ...(envelope.hides ?? [])])].sort();
}

/** What must stand in a record that the shape reads, or that hands on what it reads: one of these, as it is written in any file. */
interface Sign {
  event: string;
  literals: readonly string[];
}

const signOf = ({ event, literals }: Shape): Sign => ({ event, literals: rawLiterals(literals) });

/** Every source is asked for its literals; those of the messages are the same for all. */
const known = new WeakMap<readonly Grammar[], readonly Sign[]>();

function signsOf(messages: readonly Grammar[]): readonly Sign[] {
  let signs = known.get(messages);
  if (!signs) known.set(messages, (signs = messages.flatMap(({ shapes }) => shapes.map(signOf))));
  return signs;
}

function isVague(literals: readonly string[]): boolean {
  return literals.length === 0 || literals.some(({ length }) => length < SHORTEST);
}
