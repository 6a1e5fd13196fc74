import type { Fields } from "../../model/event.js";
import { bytesOf } from "../bytes.js";
import { matchShape } from "../exec.js";
import { joinOneByOne } from "../join.js";
import type { Grammar, Reading, Shape } from "../types.js";
import { Candidates } from "./candidates.js";

export { literalsOf, weakShapes } from "./prefilter.js";

/** How deep `pass FIELD to message` may nest: Go errors wrap errors. */
const MAX_DEPTH = 6;

/** What is known of a record before its message is read; a function where that is only worked out when an `accepts` clause asks. */
export type Known = Fields | (() => Fields);

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
   * @param known what is known of the record so far: `accepts` clauses look at it.
   * @param wants which shapes are worth reading; when none that may read the message is, it stays unread
   */
  match(message: string, known: Known, wants?: (shape: Shape) => boolean): Reading | undefined {
    const ranks = this.candidates.of(message);
    if (wants && !this.isAnyWanted(ranks, wants)) return undefined;
    return this.read(message, ranks, known, 0);
  }

  /** The shapes that read a text in place of this one, where they match it and their grammars accept it. */
  before(shape: Shape): readonly Shape[] {
    return this.candidates.before(shape);
  }

  private isAnyWanted(ranks: readonly number[], wants: (shape: Shape) => boolean): boolean {
    for (const rank of ranks) if (wants(this.candidates.entries[rank]!.shape)) return true;
    return false;
  }

  /** @param outer takes the readings of what this one passes on itself; absent for the message */
  private read(
    message: string,
    ranks: readonly number[],
    known: Known,
    depth: number,
    outer?: Reading[],
  ): Reading | undefined {
    const { entries } = this.candidates;
    for (const rank of ranks) {
      const { grammar, shape } = entries[rank]!;
      if (grammar.accepts && !grammar.accepts(fieldsOf(known))) continue;
      const fields = matchShape(shape, message);
      if (!fields) continue;
      const reading: Reading = { grammar, shape, fields };
      if (!shape.pass || depth === MAX_DEPTH) return reading;
      const inner = outer ?? [];
      this.pass(shape.pass, known, grammar.set, fields, depth, inner);
      if (!outer && inner.length > 0) reading.inner = inner;
      return reading;
    }
    return undefined;
  }

  /** Reads the fields that are handed on, outermost first. */
  private pass(
    names: readonly string[],
    known: Known,
    set: Fields,
    fields: Fields,
    depth: number,
    inner: Reading[],
  ): void {
    const all = () => joinOneByOne([fieldsOf(known), set, fields], []);
    for (const name of names) {
      // Of what others gave, only the record's own pairs were not read yet: an outer error is the very text that this one was read from.
      const text = fields[name] ?? set[name] ?? (depth === 0 ? fieldsOf(known)[name] : undefined);
      if (typeof text !== "string") continue;
      const at = inner.length;
      const bytes = bytesOf(text);
      const reading = this.read(bytes, this.candidates.of(bytes), all, depth + 1, inner);
      // Before what it hands on itself.
      if (reading) inner.splice(at, 0, reading);
    }
  }
}

const fieldsOf = (known: Known): Fields => (typeof known === "function" ? known() : known);
