import { ByteSet, textOf } from "../bytes.js";
import { lowerDocument } from "../document/lower.js";
import type { GrammarAst, Piece, Place } from "../language/ast.js";
import type { GrammarProblem } from "../problem.js";
import { BUILTINS } from "./builtins.js";
import type { CaptureType } from "./capture-type.js";
import { allBytes, firstBytes, isNullable } from "./facts.js";
import type { GrammarIr, Node, ShapeIr, Slot } from "./ir.js";
import { rawLiterals, requiredLiterals } from "./literals.js";
import { Fault, Scope } from "./scope.js";
import { fieldsOf } from "./slots.js";
import { checkStanding } from "./standing.js";

const HIGH = ByteSet.range(0x80, 0xff);
const MAX_DEPTH = 40;
const MAX_PIECES = 4000;

/**
 * Lowers a line grammar to IR: tokens and rules are resolved and inlined. Every mistake is reported; shapes with
 * mistakes are left out.
 */
export function lowerGrammar(ast: GrammarAst): { ir: GrammarIr; problems: GrammarProblem[] } {
  const lowerer = new Lowerer(ast);
  return { ir: lowerer.run(), problems: lowerer.problems };
}

class Lowerer extends Scope {
  private readonly stack: string[] = [];
  private slots: Slot[] = [];
  private pieces = 0;

  run(): GrammarIr {
    for (const def of this.ast.tokens) {
      if (this.tokens.has(def.name)) this.report(def.at, `token ${def.name} is declared twice`);
      const type = def.as === undefined ? "text" : this.type(def.as, def.at);
      const node = this.regex(def.regex);
      if (node) this.tokens.set(def.name, { node, type });
    }
    for (const def of this.ast.rules) {
      if (this.rules.has(def.name) || this.tokens.has(def.name))
        this.report(def.at, `${def.name} is declared twice`);
      this.rules.set(def.name, def);
    }
    const ir: GrammarIr = { ast: this.ast, accepts: [], shapes: [] };
    for (const condition of this.ast.accepts) {
      const node = condition.test.kind === "matches" ? this.regex(condition.test.regex) : undefined;
      ir.accepts.push({ ...condition, ...(node ? { node } : {}) });
    }
    const continuation = this.ast.continuation && this.regex(this.ast.continuation);
    if (continuation) ir.continuation = continuation;
    if (this.ast.layer === "values") return ir;
    if (this.ast.isDocument) {
      ir.document = lowerDocument(this.ast, {
        report: (at, message, hint) => this.report(at, message, hint),
        shape: (def) => this.shape(def),
        regex: (regex) => this.regex(regex),
      });
      return ir;
    }
    for (const { at } of [...this.ast.there.map(({ path }) => path), ...this.ast.tellings])
      this.report(at, `${this.ast.name} reads lines, not documents`, "say: layer document");
    for (const def of this.ast.events) {
      const shape = this.shape(def);
      if (shape) ir.shapes.push(shape);
    }
    checkStanding(this.ast, (at, message, hint) => this.report(at, message, hint));
    if (this.ast.events.length === 0) {
      this.report(this.ast.at, `${this.ast.name} describes no event`, "add: event ACTION = pattern");
    }
    return ir;
  }

  private shape(def: GrammarAst["events"][number]): ShapeIr | undefined {
    this.slots = [];
    this.stack.length = 0;
    this.pieces = 0;
    try {
      const root = this.piece(def.body, { loop: false, branch: false });
      const known = new Set(this.slots.flatMap((slot) => fieldsOf(slot)));
      for (const slot of this.slots) {
        if (slot.kind !== "constant" || typeof slot.value !== "object" || !("copy" in slot.value)) continue;
        if (!known.has(slot.value.copy)) {
          this.report(
            def.at,
            `$${slot.value.copy} copies a field that ${def.name} does not have`,
            this.similar(slot.value.copy, [...known]),
          );
        }
      }
      this.checkTwice(def);
      if (this.ast.layer === "message" && rawLiterals(requiredLiterals(root)).length === 0) {
        this.fault(
          def.at,
          `${def.name} requires no literal text (quotes, signs that JSON escapes and bytes beyond ASCII do not count)`,
          "add a word that every such message has: messages are found by it",
        );
      }
      for (const field of def.pass) {
        if (!known.has(field)) {
          this.report(
            def.at,
            `pass ${field}: ${def.name} has no such field`,
            this.similar(field, [...known]),
          );
        }
      }
      return {
        event: def.name,
        def,
        root,
        slots: this.slots,
        body: root,
      };
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  /** A field that is always set cannot be set again: the first value wins. */
  private checkTwice(def: GrammarAst["events"][number]): void {
    const set = new Set<string>();
    for (const slot of this.slots) {
      for (const field of fieldsOf(slot)) {
        if (set.has(field))
          this.report(
            def.at,
            `${def.name} sets ${field} again: the first value is always there`,
            "drop one of them",
          );
        if (slot.always) set.add(field);
      }
    }
  }

  private piece(piece: Piece, where: { loop: boolean; branch: boolean }): Node {
    if (++this.pieces > MAX_PIECES)
      return this.fault(piece.at, "this pattern is too large", "split it into several events");
    switch (piece.kind) {
      case "literal":
        if (piece.bytes === "")
          return this.fault(piece.at, "an empty text matches everywhere", "leave it out");
        return named(JSON.stringify(textOf(piece.bytes)), { kind: "literal", bytes: piece.bytes }, piece.at);
      case "rest":
        return { kind: "named", name: "the rest of the record", item: anything(), at: piece.at };
      case "ref":
        return this.ref(piece.name, piece.at, where);
      case "sequence":
        return { kind: "sequence", items: piece.items.map((each) => this.piece(each, where)) };
      case "choice": {
        const items = piece.items.map((each) => this.piece(each, { ...where, branch: true }));
        return { kind: "choice", items, ordered: piece.ordered, at: piece.at };
      }
      case "repeat": {
        const inside = { loop: where.loop || piece.max > 1, branch: where.branch || piece.min === 0 };
        const item = this.piece(piece.item, inside);
        return { kind: "repeat", item, min: piece.min, max: piece.max, ordered: piece.ordered, at: piece.at };
      }
      case "upto":
        return this.upto(piece);
      case "constant": {
        if (where.loop)
          return this.fault(piece.at, "a constant inside a repetition", "move it out of the repetition");
        const always = !where.branch;
        this.slots.push({ kind: "constant", field: piece.field, value: piece.value, always });
        return always ? { kind: "sequence", items: [] } : { kind: "slot", slot: this.slots.length - 1 };
      }
      case "capture":
        return this.capture(piece, where);
      case "list":
        return this.fault(piece.at, "list(…) is for values grammars", 'write ITEM ("," ITEM)* here');
    }
  }

  private ref(name: string, at: Place, where: { loop: boolean; branch: boolean }): Node {
    const token = this.token(name);
    if (token) return { kind: "named", name, item: token.node, at };
    const rule = this.rules.get(name);
    if (!rule) {
      const names = [...this.tokens.keys(), ...this.rules.keys(), ...Object.keys(BUILTINS)];
      return this.fault(
        at,
        `there is no token or rule ${name}`,
        this.similar(name, names) ?? "declare it: token NAME = /regex/",
      );
    }
    if (this.stack.includes(name) || this.stack.length > MAX_DEPTH) {
      return this.fault(at, `rule ${name} contains itself`, "what nests belongs into a values grammar");
    }
    this.stack.push(name);
    const node = this.piece(rule.body, where);
    this.stack.pop();
    return node;
  }

  private capture(piece: Piece & { kind: "capture" }, where: { loop: boolean; branch: boolean }): Node {
    if (where.loop) {
      return this.fault(
        piece.at,
        `${piece.field} is captured inside a repetition: only the last one would be kept`,
        'capture the whole repetition: field:(ITEM ("," ITEM)*) as list',
      );
    }
    const { item: inner } = piece;
    const token = inner.kind === "ref" ? this.token(inner.name) : undefined;
    let type: CaptureType = token ? token.type : inner.kind === "rest" ? "rest" : "text";
    if (piece.as !== undefined) type = this.type(piece.as, piece.at);
    const before = this.slots.length;
    const slot: Slot = { kind: "capture", field: piece.field, type, high: false, always: !where.branch };
    this.slots.push(slot);
    const node = this.piece(inner, where);
    if (this.slots.length !== before + 1) {
      return this.fault(
        piece.at,
        `${piece.field} captures a text in which other fields are captured`,
        "capture the parts, or the whole",
      );
    }
    slot.high = allBytes(node).overlaps(HIGH);
    const label = inner.kind === "ref" && token ? `${piece.field}:${inner.name}` : piece.field;
    return { kind: "slot", slot: before, item: { kind: "named", name: label, item: node, at: piece.at } };
  }

  private upto(piece: Piece & { kind: "upto" }): Node {
    const count = this.slots.length;
    const stop = this.piece(piece.stop, { loop: false, branch: false });
    if (this.slots.length !== count)
      return this.fault(piece.at, "STOP of an upto cannot capture", "capture it after the upto");
    if (isNullable(stop))
      return this.fault(piece.at, "STOP of an upto matches the empty text", "give it at least one byte");
    if (piece.outside === undefined) return { kind: "upto", stop, at: piece.at };
    const quoted = this.token(piece.outside);
    if (!quoted) return this.fault(piece.at, `there is no token ${piece.outside}`, "QUOTED is built in");
    if (isNullable(quoted.node) || firstBytes(quoted.node).overlaps(firstBytes(stop))) {
      return this.fault(
        piece.at,
        `${piece.outside} and STOP can begin with the same byte`,
        "stop at something else",
      );
    }
    return { kind: "upto", stop, quoted: quoted.node, at: piece.at };
  }
}

function named(name: string, item: Node, at: Place): Node {
  return { kind: "named", name, item, at };
}

function anything(): Node {
  return {
    kind: "repeat",
    item: { kind: "class", set: ByteSet.ALL },
    min: 0,
    max: Number.POSITIVE_INFINITY,
    ordered: false,
  };
}
