import type { ByteSet } from "../bytes.js";
import type { DocumentPlan } from "../document/plan.js";
import type { Condition, EventDef, GrammarAst, Place, Value } from "../language/ast.js";
import type { CaptureType } from "./capture-type.js";

/** The intermediate form over bytes that all engines read: regex, decoder, literals, automaton. */
export type Node =
  | { kind: "class"; set: ByteSet }
  | { kind: "literal"; bytes: string }
  | { kind: "sequence"; items: Node[] }
  | { kind: "choice"; items: Node[]; ordered: boolean; at?: Place }
  | { kind: "repeat"; item: Node; min: number; max: number; ordered: boolean; at?: Place }
  /** A name for messages ("expected STATE"); transparent otherwise. */
  | { kind: "named"; name: string; item: Node; at?: Place }
  /** Captures its item into `slots[slot]`, or just marks that this way was taken (no item). */
  | { kind: "slot"; slot: number; item?: Node }
  /** Bytes up to the first place where `stop` matches; `quoted` is skipped as a whole. */
  | { kind: "upto"; stop: Node; quoted?: Node; at: Place };

/**
 * Where a field gets its value: a capture with a type, or a constant of the way taken. `always`: every text that
 * matches has it. `high`: the captured text can hold bytes beyond ASCII.
 */
export type Slot =
  | { kind: "capture"; field: string; type: CaptureType; high: boolean; always: boolean }
  | { kind: "constant"; field: string; value: Value; always: boolean };

export interface ShapeIr {
  event: string;
  def: EventDef;
  root: Node;
  slots: Slot[];
  /** `root` with trailing blanks allowed at its ends, as far as they can be told apart: what the engines run. */
  body: Node;
  /** Could not be proven to be read in only one way: never run on evidence. */
  unsafe?: true;
}

export interface GrammarIr {
  ast: GrammarAst;
  accepts: (Condition & { node?: Node })[];
  continuation?: Node;
  shapes: ShapeIr[];
  /** Of a grammar that reads documents: it has no shapes. */
  document?: DocumentPlan<ShapeIr>;
}
