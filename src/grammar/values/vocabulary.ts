import { createToken, Lexer, type TokenType } from "chevrotain";
import { firstBytes, isNullable } from "../ir/facts.js";
import type { Node } from "../ir/ir.js";
import { plainRegex } from "../ir/regex.js";
import { parseSubset } from "../ir/subset.js";
import type { GrammarAst, Piece } from "../language/ast.js";

/** Tokens of a values grammar: those it declares, in order, and one for each literal of its rules. */
export interface Vocabulary {
  lexer: Lexer;
  tokens: readonly TokenType[];
  byName: ReadonlyMap<string, TokenType>;
  byLiteral: ReadonlyMap<string, TokenType>;
}

/** Declared under this name, a token separates the others and is not part of the tree. */
const SKIP = "SKIP";

/** @throws SubsetError when a token is not in the regex subset; Error when one can be empty. */
export function vocabularyOf(ast: GrammarAst): Vocabulary {
  const byName = new Map<string, TokenType>();
  const nodes = new Map<string, Node>();
  for (const def of ast.tokens) {
    const node = parseSubset(def.regex.source);
    if (isNullable(node)) throw new Error(`token ${def.name} can be empty`);
    nodes.set(def.name, node);
    byName.set(def.name, lexical(def.name, node, def.name === SKIP ? { group: Lexer.SKIPPED } : {}));
  }
  const byLiteral = new Map<string, TokenType>();
  const literals = [...new Set(ast.rules.flatMap((rule) => literalsIn(rule.body)))];
  for (const bytes of literals.sort((a, b) => b.length - a.length)) {
    const node: Node = { kind: "literal", bytes };
    // A declared token that reads further wins: `-` does not cut `-5` in two.
    const longer = [...nodes].filter(([, other]) => firstBytes(other).overlaps(firstBytes(node)));
    const alternatives = longer.map(([name]) => byName.get(name)!);
    byLiteral.set(
      bytes,
      lexical(JSON.stringify(bytes), node, alternatives.length > 0 ? { longer_alt: alternatives } : {}),
    );
  }
  const tokens = [...byLiteral.values(), ...byName.values()];
  const lexer = new Lexer([...tokens], { positionTracking: "onlyOffset", ensureOptimizations: false });
  return { lexer, tokens, byName, byLiteral };
}

function lexical(name: string, node: Node, more: object): TokenType {
  const regex = new RegExp(plainRegex(node), "y");
  return createToken({
    name,
    label: name,
    line_breaks: false,
    start_chars_hint: firstBytes(node)
      .members()
      .map((byte) => String.fromCharCode(byte)),
    pattern: (text: string, offset: number) => {
      regex.lastIndex = offset;
      return regex.exec(text);
    },
    ...more,
  });
}

function literalsIn(piece: Piece): string[] {
  switch (piece.kind) {
    case "literal":
      return [piece.bytes];
    case "sequence":
    case "choice":
      return piece.items.flatMap(literalsIn);
    case "repeat":
    case "capture":
      return literalsIn(piece.item);
    case "list":
      return [...literalsIn(piece.item), ...literalsIn(piece.separator)];
    default:
      return [];
  }
}
