import type { Fields } from "../../model/event.js";
import { bytesOf } from "../bytes.js";
import { matchShape } from "../exec.js";
import type { Grammar, Reading } from "../types.js";
import { Candidates } from "./candidates.js";

export { literalsOf, weakShapes } from "./prefilter.js";

/** How deep `pass FIELD to message` may nest: Go errors wrap errors. */
const MAX_DEPTH = 4;

/** Finds the message shape that reads a text, among many, at a cost that does not grow with their number. */
export class MessageIndex {
  private readonly candidates: Candidates;

  /** @param grammars in file order: the earlier one wins a tie. Only those of the layer `message` are used. */
  constructor(grammars: readonly Grammar[]) {
    this.candidates = new Candidates(grammars.filter((grammar) => grammar.layer === "message"));
  }

  /**
   * Reads a message: the shape with most literal bytes that matches and whose grammar accepts the fields.
   * @param message bytes (a latin1 string), as a grammar's `message` hands it on.
   * @param fields what is known of the record so far: `accepts` clauses look at them.
   */
  match(message: string, fields: Fields): Reading | undefined {
    return this.read(message, fields, 0);
  }

  private read(message: string, fields: Fields, depth: number): Reading | undefined {
    const { entries } = this.candidates;
    for (const rank of this.candidates.of(message)) {
      const { grammar, shape } = entries[rank]!;
      if (grammar.accepts && !grammar.accepts(fields)) continue;
      const found = matchShape(shape, message);
      if (!found) continue;
      const reading: Reading = { grammar, shape, fields: found };
      if (shape.pass && depth < MAX_DEPTH) {
        const inner = this.passed(shape.pass, known(fields, grammar.set, found), depth);
        if (inner.length > 0) reading.inner = inner;
      }
      return reading;
    }
    return undefined;
  }

  /** Readings of the fields that are handed on, outermost first, in one flat list. */
  private passed(names: readonly string[], fields: Fields, depth: number): Reading[] {
    return names.flatMap((name) => {
      const text = fields[name];
      const next = typeof text === "string" ? this.read(bytesOf(text), fields, depth + 1) : undefined;
      if (!next) return [];
      const { inner, ...outer } = next;
      return [outer, ...(inner ?? [])];
    });
  }
}

/** All that is known of a record; of several values the last. A decoder's `undefined` hides nothing. */
function known(...sets: readonly Fields[]): Fields {
  const merged: Fields = {};
  for (const fields of sets)
    for (const name in fields) if (fields[name] !== undefined) merged[name] = fields[name];
  return merged;
}
