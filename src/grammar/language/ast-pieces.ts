import type { CstNode, IToken } from "chevrotain";
import { textOf } from "../bytes.js";
import type { Piece, Place, Value } from "./ast.js";
import type { SyntaxProblem } from "./messages.js";
import { unquote } from "./strings.js";

/** Reads the concrete tree of patterns and values. After recovery parts may be missing: those give `undefined`. */
export class PieceReader {
  constructor(readonly problems: SyntaxProblem[]) {}

  choice(node: CstNode | undefined): Piece | undefined {
    const items = nodes(node, "sequence").flatMap((each) => this.sequence(each) ?? []);
    if (items.length === 0) return undefined;
    return items.length === 1 ? items[0] : { kind: "choice", items, ordered: false, at: items[0]!.at };
  }

  private sequence(node: CstNode): Piece | undefined {
    const items = nodes(node, "item").flatMap((each) => this.item(each) ?? []);
    if (items.length === 0) return undefined;
    return items.length === 1 ? items[0] : { kind: "sequence", items, at: items[0]!.at };
  }

  private item(node: CstNode): Piece | undefined {
    const atom = nodes(node, "atom")[0];
    let piece = atom && this.atom(atom);
    if (!piece) return undefined;
    const ordered = tokens(node, "Kw_ordered")[0];
    const many = tokens(node, "Star")[0] ?? tokens(node, "Plus")[0];
    if (many) {
      if (ordered)
        this.complain(
          ordered,
          "`ordered` cannot stand before a repetition",
          "use it on a choice or on an optional part",
        );
      piece = {
        kind: "repeat",
        item: piece,
        min: many.image === "+" ? 1 : 0,
        max: Number.POSITIVE_INFINITY,
        ordered: false,
        at: piece.at,
      };
    } else if (tokens(node, "Question")[0]) {
      piece = { kind: "repeat", item: piece, min: 0, max: 1, ordered: ordered !== undefined, at: piece.at };
    } else if (ordered) {
      if (piece.kind === "choice") piece = { ...piece, ordered: true };
      else
        this.complain(
          ordered,
          "`ordered` needs a choice or an optional part",
          'write ordered("a" | "b") or ordered TOKEN?',
        );
    }
    return piece;
  }

  private atom(node: CstNode): Piece | undefined {
    const capture = nodes(node, "capture")[0];
    if (capture) {
      const [field, as] = tokens(capture, "Ident");
      const plain = nodes(capture, "plain")[0];
      const item = plain && this.plain(plain);
      if (!field || !item) return undefined;
      return {
        kind: "capture",
        field: field.image,
        item,
        ...(as ? { as: as.image } : {}),
        at: placeOf(field),
      };
    }
    const constant = nodes(nodes(node, "constant")[0], "assignment")[0];
    if (constant) {
      const field = tokens(constant, "Ident")[0];
      const value = this.value(nodes(constant, "value")[0]);
      if (!field || value === undefined) return undefined;
      return { kind: "constant", field: field.image, value, at: placeOf(field) };
    }
    const plain = nodes(node, "plain")[0];
    return plain && this.plain(plain);
  }

  private plain(node: CstNode): Piece | undefined {
    const text = tokens(node, "Text")[0];
    if (text) return { kind: "literal", bytes: this.bytes(text), at: placeOf(text) };
    const name = tokens(node, "Ident")[0];
    if (name) return { kind: "ref", name: name.image, at: placeOf(name) };
    const rest = tokens(node, "Kw_rest")[0];
    if (rest) return { kind: "rest", at: placeOf(rest) };
    const group = nodes(node, "group")[0];
    if (group) return this.choice(nodes(group, "choice")[0]);
    const upto = nodes(node, "upto")[0];
    if (upto) return this.upto(upto);
    const list = nodes(node, "list")[0];
    if (!list) return undefined;
    const item = this.choice(nodes(list, "choice")[0]);
    const separator = tokens(list, "Text")[0];
    if (!item || !separator) return undefined;
    return {
      kind: "list",
      item,
      separator: { kind: "literal", bytes: this.bytes(separator), at: placeOf(separator) },
      at: item.at,
    };
  }

  private upto(node: CstNode): Piece | undefined {
    const keyword = tokens(node, "Kw_upto")[0];
    const names = tokens(node, "Ident");
    const outside = tokens(node, "Kw_outside")[0] ? names.shift() : undefined;
    const text = tokens(node, "Text")[0];
    const group = nodes(node, "group")[0];
    const stop: Piece | undefined = text
      ? { kind: "literal", bytes: this.bytes(text), at: placeOf(text) }
      : group
        ? this.choice(nodes(group, "choice")[0])
        : names[0] && { kind: "ref", name: names[0].image, at: placeOf(names[0]) };
    if (!keyword || !stop) return undefined;
    return { kind: "upto", stop, ...(outside ? { outside: outside.image } : {}), at: placeOf(keyword) };
  }

  value(node: CstNode | undefined): Value | undefined {
    if (!node) return undefined;
    if (tokens(node, "Kw_true")[0]) return true;
    if (tokens(node, "Kw_false")[0]) return false;
    const copy = tokens(node, "Copy")[0];
    if (copy) return { copy: copy.image.slice(1) };
    const scalars = nodes(node, "scalar").flatMap((each) => this.scalar(each) ?? []);
    return tokens(node, "LBracket")[0] ? scalars : scalars[0];
  }

  private scalar(node: CstNode): string | number | undefined {
    const text = tokens(node, "Text")[0];
    if (text) return textOf(this.bytes(text));
    const numeral = tokens(node, "Numeral")[0];
    return numeral && Number(numeral.image);
  }

  /** Bytes of a quoted text; an unknown escape is a problem. */
  bytes(token: IToken): string {
    const { bytes, error } = unquote(token.image);
    if (error)
      this.complain(
        token,
        `unknown escape ${error} in a quoted text`,
        'known: \\n \\t \\r \\e \\0 \\" \\\\ \\xHH \\u{H…}',
      );
    return bytes;
  }

  complain(token: IToken, message: string, hint?: string): void {
    this.problems.push({ at: placeOf(token), message, ...(hint ? { hint } : {}) });
  }
}

export function nodes(node: CstNode | undefined, name: string): CstNode[] {
  return ((node?.children[name] ?? []) as CstNode[]).filter(
    (each) => !each.recoveredNode || Object.keys(each.children).length > 0,
  );
}

/** Tokens of a node, without those that recovery inserted. */
export function tokens(node: CstNode | undefined, name: string): IToken[] {
  return ((node?.children[name] ?? []) as IToken[]).filter((each) => !each.isInsertedInRecovery);
}

export function placeOf(token: IToken): Place {
  return { line: token.startLine ?? 1, column: token.startColumn ?? 1 };
}
