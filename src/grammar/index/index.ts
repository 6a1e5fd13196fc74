import type { Fields } from "../../model/event.js";
import { bytesOf } from "../bytes.js";
import { matchShape } from "../exec.js";
import type { Grammar, Reading, Shape } from "../types.js";

export { literalsOf } from "./prefilter.js";

/** How deep `pass FIELD to message` may nest: Go errors wrap errors. */
const MAX_DEPTH = 4;

interface Entry {
  grammar: Grammar;
  shape: Shape;
}

/** Finds the message shape that reads a text, among many, at a cost that does not grow with their number. */
export class MessageIndex {
  private readonly entries: Entry[];

  /** @param grammars in file order: the earlier one wins a tie. Only those of the layer `message` are used. */
  constructor(grammars: readonly Grammar[]) {
    this.entries = grammars
      .filter((grammar) => grammar.layer === "message")
      .flatMap((grammar) => grammar.shapes.map((shape) => ({ grammar, shape })))
      .map((entry, order) => ({ entry, order, weight: weightOf(entry.shape) }))
      .sort((a, b) => b.weight - a.weight || a.order - b.order)
      .map(({ entry }) => entry);
  }

  /**
   * Reads a message.
   * @param message bytes (a latin1 string), as a grammar's `message` hands it on.
   * @param fields what is known of the record so far: `accepts` clauses look at them.
   */
  match(message: string, fields: Fields): Reading | undefined {
    return this.read(message, fields, 0);
  }

  private read(message: string, fields: Fields, depth: number): Reading | undefined {
    for (const { grammar, shape } of this.entries) {
      if (grammar.accepts && !grammar.accepts(fields)) continue;
      const found = matchShape(shape, message);
      if (!found) continue;
      const reading: Reading = { grammar, shape, fields: found };
      if (shape.pass && depth < MAX_DEPTH) {
        const inner: Reading[] = [];
        for (const name of shape.pass) {
          const text = found[name];
          if (typeof text !== "string") continue;
          const next = this.read(bytesOf(text), { ...fields, ...grammar.set, ...found }, depth + 1);
          if (!next) continue;
          const { inner: deeper, ...outer } = next;
          inner.push(outer, ...(deeper ?? []));
        }
        if (inner.length > 0) reading.inner = inner;
      }
      return reading;
    }
    return undefined;
  }
}

/** Literal bytes of a shape: the weakest of each alternative. */
function weightOf(shape: Shape): number {
  return shape.literals.reduce((sum, set) => sum + Math.min(...set.map((literal) => literal.length)), 0);
}
