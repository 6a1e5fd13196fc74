import type { IRecognitionException } from "chevrotain";
import type { GrammarFile } from "../file.js";
import { BUILTINS } from "../ir/builtins.js";
import { parseSubset, SubsetError } from "../ir/subset.js";
import type { GrammarAst, Piece, Place } from "../language/ast.js";
import { readGrammar } from "../language/read.js";
import { formatProblem, type GrammarProblem, problemAt } from "../problem.js";
import { prove, type Unsafe } from "../prove.js";
import { TooDeep, ValuesParser } from "./parser.js";
import type { ValueReading } from "./tree.js";
import { type Vocabulary, vocabularyOf } from "./vocabulary.js";

export type { ValueError, ValueNode, ValueReading } from "./tree.js";

/** Longest text in bytes that is read. */
const MAX_TEXT = 1 << 18;

/** A values grammar, ready to read texts. Lexer and parser are built on first use (about 15 ms). */
export class ValuesGrammar {
  private vocabulary: Vocabulary | undefined;
  private parser: ValuesParser | undefined;

  constructor(private readonly ast: GrammarAst) {}

  /** The first rule: where texts begin when nothing else is said. */
  get start(): string {
    return this.ast.rules[0]!.name;
  }

  hasRule(name: string): boolean {
    return this.ast.rules.some((rule) => rule.name === name);
  }

  /**
   * Reads a text (bytes) from a rule on. Mistakes are reported and skipped; what could be read is in the tree.
   * Texts above 256 KiB and texts that nest deeper than 120 rules are not read.
   * @throws Error when the grammar has no such rule, or cannot be built.
   */
  read(rule: string, text: string): ValueReading {
    if (!this.hasRule(rule)) throw new Error(`${this.ast.file}: there is no rule ${rule}`);
    if (text.length > MAX_TEXT) {
      return { tree: undefined, errors: [{ offset: MAX_TEXT, message: "longer than 256 KiB" }] };
    }
    this.build();
    this.vocabulary!.reset(text);
    const lexed = this.vocabulary!.lexer.tokenize(text);
    const errors = lexed.errors.map(({ offset, length }) => ({
      offset,
      message: `unexpected ${JSON.stringify(text.slice(offset, offset + Math.min(length, 40)))}`,
    }));
    try {
      const tree = this.parser!.parse(rule, text, lexed.tokens);
      for (const error of this.parser!.errors) errors.push(errorOf(error, text));
      return { tree, errors: errors.sort((a, b) => a.offset - b.offset) };
    } catch (error) {
      if (!(error instanceof TooDeep) && !(error instanceof RangeError)) throw error;
      return { tree: undefined, errors: [...errors, { offset: 0, message: "nested too deeply" }] };
    }
  }

  /** Builds lexer and parser. @throws Error when the rules are left recursive or cannot be told apart. */
  build(): void {
    this.vocabulary ??= vocabularyOf(this.ast);
    this.parser ??= new ValuesParser(this.ast, this.vocabulary);
  }
}

/** Prepares a values grammar; `problems` says what is wrong with it. It is usable when there are none. */
export function compileValues(file: GrammarFile): { values?: ValuesGrammar; problems: GrammarProblem[] } {
  const { ast, problems } = readGrammar(file.file, file.text);
  if (!ast) return { problems };
  return prepareValues(ast, problems);
}

/** The same from an AST. */
export function prepareValues(
  ast: GrammarAst,
  problems: GrammarProblem[] = [],
): { values?: ValuesGrammar; problems: GrammarProblem[] } {
  const declared = withBuiltins(ast);
  const report = (at: Place, message: string, hint?: string): void => {
    problems.push(problemAt(ast.file, ast.text, at, message, hint));
  };
  const known = new Set([...declared.tokens, ...declared.rules].map((each) => each.name));
  for (const rule of ast.rules) {
    for (const ref of refsIn(rule.body)) {
      if (!known.has(ref.name)) report(ref.at, `there is no token or rule ${ref.name}`, "declare it");
    }
  }
  if (ast.rules.length === 0) report(ast.at, `${ast.name} has no rule`, "add: rule name = pattern");
  for (const token of ast.tokens) {
    const unsafe = proveToken(token.regex.source);
    if (unsafe) report(token.regex.at, `token ${token.name}: ${unsafe.message}`, unsafe.hint);
  }
  if (problems.length > 0) return { problems };
  const values = new ValuesGrammar(declared);
  try {
    values.build();
  } catch (error) {
    report(
      ast.at,
      `${ast.name} cannot be built: ${(error as Error).message.trim().split("\n").slice(0, 4).join(" ")}`,
    );
    return { problems };
  }
  return { values, problems };
}

/** A token is tried at many places: it must be readable in one way only, like a shape. */
function proveToken(source: string): Unsafe | undefined {
  try {
    return prove(parseSubset(source));
  } catch (error) {
    if (error instanceof SubsetError)
      return { message: `not in the regex subset: ${error.message}`, hint: error.hint ?? "" };
    throw error;
  }
}

const cache = new Map<string, ValuesGrammar>();

/**
 * Reads a text with a rule of a values grammar given as text; the grammar is prepared once.
 * @throws Error with the problems when the grammar is broken.
 */
export function readValues(grammar: string, rule: string, text: string): ValueReading {
  let values = cache.get(grammar);
  if (!values) {
    const made = compileValues({ file: "values.grammar", text: grammar });
    if (!made.values) throw new Error(made.problems.map(formatProblem).join("\n"));
    values = made.values;
    if (cache.size > 16) cache.clear();
    cache.set(grammar, values);
  }
  return values.read(rule, text);
}

/** Built-in tokens that the rules use stand behind the declared ones. */
function withBuiltins(ast: GrammarAst): GrammarAst {
  const declared = new Set([...ast.tokens, ...ast.rules].map((each) => each.name));
  const used = new Set(ast.rules.flatMap((rule) => refsIn(rule.body)).map((ref) => ref.name));
  const tokens = [...used]
    .filter((name) => !declared.has(name) && Object.hasOwn(BUILTINS, name))
    .map((name) => ({ name, regex: { source: BUILTINS[name]![0], at: ast.at }, at: ast.at }));
  return { ...ast, tokens: [...ast.tokens, ...tokens] };
}

function refsIn(piece: Piece): (Piece & { kind: "ref" })[] {
  switch (piece.kind) {
    case "ref":
      return [piece];
    case "sequence":
    case "choice":
      return piece.items.flatMap(refsIn);
    case "repeat":
    case "capture":
    case "list":
      return refsIn(piece.item);
    default:
      return [];
  }
}

function errorOf(error: IRecognitionException, text: string): { offset: number; message: string } {
  const { token } = error;
  const atEnd = Number.isNaN(token.startOffset);
  const rule = error.context.ruleStack.at(-1) ?? "the text";
  const found = atEnd ? "the end" : JSON.stringify(token.image.slice(0, 40));
  return { offset: atEnd ? text.length : token.startOffset, message: `${found} does not fit into ${rule}` };
}
