import type { GrammarAst, Place, RegexText, RuleDef } from "../language/ast.js";
import { type GrammarProblem, problemAt } from "../problem.js";
import { BUILTINS, TYPES } from "./builtins.js";
import type { CaptureType } from "./capture-type.js";
import type { Node } from "./ir.js";
import { parseSubset, SubsetError } from "./subset.js";

export interface Token {
  node: Node;
  type: CaptureType;
}

/** A mistake that was reported and makes the shape unusable. */
export class Fault extends Error {}

/** The names that a grammar declares, the built-in ones, and the problems found with them. */
export class Scope {
  readonly problems: GrammarProblem[] = [];
  readonly tokens = new Map<string, Token>();
  readonly rules = new Map<string, RuleDef>();

  constructor(protected readonly ast: GrammarAst) {}

  protected token(name: string): Token | undefined {
    const own = this.tokens.get(name);
    if (own || this.rules.has(name) || !Object.hasOwn(BUILTINS, name)) return own;
    const [source, type] = BUILTINS[name]!;
    const made = { node: parseSubset(source), type };
    this.tokens.set(name, made);
    return made;
  }

  protected type(name: string, at: Place): CaptureType {
    if ((TYPES as readonly string[]).includes(name)) return name as CaptureType;
    this.report(at, `there is no type ${name}`, this.similar(name, TYPES) ?? `types are ${TYPES.join(", ")}`);
    return "text";
  }

  protected regex(regex: RegexText): Node | undefined {
    try {
      return parseSubset(regex.source);
    } catch (error) {
      if (!(error instanceof SubsetError)) throw error;
      const at = { line: regex.at.line, column: regex.at.column + error.offset };
      this.report(at, `not in the regex subset: ${error.message}`, error.hint);
      return undefined;
    }
  }

  protected similar(name: string, names: readonly string[]): string | undefined {
    const near = names.find(
      (each) => distance(each.toLowerCase(), name.toLowerCase()) <= Math.max(1, name.length >> 2),
    );
    return near && `did you mean ${near}?`;
  }

  protected report(at: Place, message: string, hint?: string): void {
    this.problems.push(problemAt(this.ast.file, this.ast.text, at, message, hint));
  }

  protected fault(at: Place, message: string, hint?: string): never {
    this.report(at, message, hint);
    throw new Fault(message);
  }
}

/** Edit distance of two short names; two letters swapped count as one edit. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
