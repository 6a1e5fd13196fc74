import { createToken, Lexer, type TokenType } from "chevrotain";
import { allBytes, firstBytes, isNullable, maxLength } from "../ir/facts.js";
import type { Node } from "../ir/ir.js";
import { classSource, plainRegex } from "../ir/regex.js";
import { parseSubset } from "../ir/subset.js";
import type { GrammarAst, Piece } from "../language/ast.js";

/** Tokens of a values grammar: those it declares, in order, and one for each literal of its rules. */
export interface Vocabulary {
  lexer: Lexer;
  tokens: readonly TokenType[];
  byName: ReadonlyMap<string, TokenType>;
  byLiteral: ReadonlyMap<string, TokenType>;
  /** To be called before each text. */
  reset(text: string): void;
}

/**
 * What failed attempts may read in one text. A token such as a comment without its end is read to the end of the text
 * and given up, again at every place where one could begin: without a limit that is quadratic. A token that used its
 * share up matches no more in this text.
 */
interface Budget {
  left: number;
}

const SHARE = 16;
const LEAST = 65536;

/** Declared under this name, a token separates the others and is not part of the tree. */
const SKIP = "SKIP";

/** @throws SubsetError when a token is not in the regex subset; Error when one can be empty. */
export function vocabularyOf(ast: GrammarAst): Vocabulary {
  const budgets: Budget[] = [];
  const byName = new Map<string, TokenType>();
  const nodes = new Map<string, Node>();
  for (const def of ast.tokens) {
    const node = parseSubset(def.regex.source);
    if (isNullable(node)) throw new Error(`token ${def.name} can be empty`);
    nodes.set(def.name, node);
    byName.set(def.name, lexical(def.name, node, budgets, def.name === SKIP ? { group: Lexer.SKIPPED } : {}));
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
      lexical(
        JSON.stringify(bytes),
        node,
        budgets,
        alternatives.length > 0 ? { longer_alt: alternatives } : {},
      ),
    );
  }
  const tokens = [...byLiteral.values(), ...byName.values()];
  const lexer = new Lexer([...tokens], { positionTracking: "onlyOffset", ensureOptimizations: false });
  const reset = (text: string): void => {
    for (const budget of budgets) budget.left = LEAST + SHARE * text.length;
  };
  return { lexer, tokens, byName, byLiteral, reset };
}

function lexical(name: string, node: Node, budgets: Budget[], more: object): TokenType {
  const regex = new RegExp(plainRegex(node), "y");
  // How far a failed attempt can have read at most.
  const reach = new RegExp(`${classSource(allBytes(node))}*`, "y");
  const budget: Budget = { left: 0 };
  if (maxLength(node) === Number.POSITIVE_INFINITY) budgets.push(budget);
  else budget.left = Number.POSITIVE_INFINITY;
  const pattern = (text: string, offset: number): RegExpExecArray | null => {
    if (budget.left < 0) return null;
    regex.lastIndex = offset;
    const match = regex.exec(text);
    if (match === null && budget.left !== Number.POSITIVE_INFINITY) {
      reach.lastIndex = offset;
      budget.left -= reach.exec(text)?.[0].length ?? 0;
    }
    return match;
  };
  const hint = firstBytes(node).members();
  return createToken({
    name,
    label: name,
    line_breaks: false,
    start_chars_hint: hint.map((byte) => String.fromCharCode(byte)),
    pattern,
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
