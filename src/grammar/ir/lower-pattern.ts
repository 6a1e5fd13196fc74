import { ByteSet, textOf } from "../bytes.js";
import type { Piece, Place } from "../language/ast.js";
import { BUILTINS } from "./builtins.js";
import type { CaptureType } from "./capture-type.js";
import { allBytes, firstBytes, isNullable } from "./facts.js";
import type { Node, Slot } from "./ir.js";
import { Scope } from "./scope.js";

const HIGH = ByteSet.range(0x80, 0xff);
const MAX_DEPTH = 40;
const MAX_PIECES = 4000;

/** Lowers the pieces of a pattern to nodes: tokens and rules are inlined, captures and constants become slots. */
export class PatternLowerer extends Scope {
  protected slots: Slot[] = [];
  private readonly stack: string[] = [];
  private pieces = 0;

  /** Forgets the pattern before. */
  protected begin(): void {
    this.slots = [];
    this.stack.length = 0;
    this.pieces = 0;
  }

  /** @param where loops and branches that the piece stands in: what is captured there is not always set, or not once */
  protected piece(piece: Piece, where: { loop: boolean; branch: boolean }): Node {
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
