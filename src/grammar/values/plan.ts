import type { GrammarAst, Piece } from "../language/ast.js";

/** Chevrotain numbers the uses of a token, a rule or a loop within one rule, up to this. */
const MAX_USES = 255;

/** A rule's pattern with every piece an object of its own and the number of its use. */
export interface Plan {
  body: Piece;
  uses: ReadonlyMap<Piece, number>;
}

/**
 * Prepares a rule: `list(ITEM, SEP)` becomes `ITEM (SEP ITEM)*`, and every use is numbered.
 * @throws Error when the rule has more uses than Chevrotain can number, or pieces that only line grammars have.
 */
export function planOf(rule: GrammarAst["rules"][number]): Plan {
  const uses = new Map<Piece, number>();
  const counts = new Map<string, number>();
  const visit = (piece: Piece): void => {
    const key = keyOf(piece);
    const count = (counts.get(key) ?? -1) + 1;
    if (count > MAX_USES)
      throw new Error(`rule ${rule.name} is too long: ${key} is used more than ${MAX_USES} times`);
    counts.set(key, count);
    uses.set(piece, count);
    if (piece.kind === "sequence" || piece.kind === "choice") piece.items.forEach(visit);
    else if (piece.kind === "repeat" || piece.kind === "capture") visit(piece.item);
    else if (piece.kind !== "literal" && piece.kind !== "ref") {
      throw new Error(`rule ${rule.name}: \`${piece.kind}\` has no place in a values grammar`);
    }
  };
  const body = withoutLists(rule.body);
  visit(body);
  return { body, uses };
}

function keyOf(piece: Piece): string {
  if (piece.kind === "literal") return `literal ${piece.bytes}`;
  if (piece.kind === "ref") return `ref ${piece.name}`;
  if (piece.kind === "repeat") return piece.max === 1 ? "option" : piece.min === 0 ? "many" : "atLeastOne";
  return piece.kind;
}

function withoutLists(piece: Piece): Piece {
  switch (piece.kind) {
    case "sequence":
    case "choice":
      return { ...piece, items: piece.items.map(withoutLists) };
    case "repeat":
    case "capture":
      return { ...piece, item: withoutLists(piece.item) };
    case "list": {
      const { at } = piece;
      const more: Piece = { kind: "sequence", items: [{ ...piece.separator }, withoutLists(piece.item)], at };
      const loop: Piece = {
        kind: "repeat",
        item: more,
        min: 0,
        max: Number.POSITIVE_INFINITY,
        ordered: false,
        at,
      };
      return { kind: "sequence", items: [withoutLists(piece.item), loop], at };
    }
    default:
      return { ...piece };
  }
}
