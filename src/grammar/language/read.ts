import type { CstNode, IToken } from "chevrotain";
import { isStandsFor } from "../../model/clock.js";
import { textOf } from "../bytes.js";
import { type GrammarProblem, problemAt } from "../problem.js";
import type { Condition, EventDef, GrammarAst, Named, RegexText, Value } from "./ast.js";
import { nodes, PieceReader, placeOf, tokens } from "./ast-pieces.js";
import { depthOf, MAX_DEPTH } from "./depth.js";
import { DocumentReader } from "./document-reader.js";
import { readLayer } from "./layer.js";
import { lexGrammar } from "./lexer.js";
import { lexMessage, parseMessage, type SyntaxProblem } from "./messages.js";
import { grammarParser } from "./parser.js";
import { SampleReader } from "./sample-reader.js";

/**
 * Parses one grammar file. All mistakes of syntax are reported; `ast` holds what could be understood
 * (`undefined` only when the file has no `grammar NAME`).
 */
export function readGrammar(file: string, text: string): { ast?: GrammarAst; problems: GrammarProblem[] } {
  const found: SyntaxProblem[] = [];
  const lexed = lexGrammar(text);
  const parser = grammarParser();
  parser.input = depthOf(lexed.tokens) > MAX_DEPTH ? [] : lexed.tokens;
  const tree = parser.file();
  if (depthOf(lexed.tokens) > MAX_DEPTH) {
    found.push({
      at: { line: 1, column: 1 },
      message: `groups nest more than ${MAX_DEPTH} deep`,
      hint: "use rules",
    });
  }
  // What could not even be cut into tokens makes the parser stumble on the same line: one message a line is enough.
  for (const problem of [
    ...lexed.errors.map((error) => lexMessage(error, text)),
    ...parser.errors.map(parseMessage),
  ]) {
    if (!found.some((each) => each.at.line === problem.at.line)) found.push(problem);
  }
  const ast = new FileReader(file, text, found).read(tree);
  found.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const problems = found.map((each) => problemAt(file, text, each.at, each.message, each.hint));
  return { ...(ast ? { ast } : {}), problems };
}

class FileReader {
  private readonly pieces: PieceReader;
  private readonly samples: SampleReader;
  private readonly documents: DocumentReader;

  constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly problems: SyntaxProblem[],
  ) {
    this.pieces = new PieceReader(problems);
    this.samples = new SampleReader(this.pieces);
    this.documents = new DocumentReader(this.pieces, (node) => this.regex(node));
  }

  read(tree: CstNode): GrammarAst | undefined {
    const ast: GrammarAst = {
      file: this.file,
      text: this.text,
      name: "",
      title: "",
      about: "",
      commands: [],
      layer: "message",
      isDocument: false,
      accepts: [],
      there: [],
      set: {},
      unit: "line",
      inherit: [],
      tokens: [],
      rules: [],
      events: [],
      tellings: [],
      samples: [],
      at: { line: 1, column: 1 },
    };
    let layered = false;
    for (const statement of nodes(tree, "statement")) {
      for (const [kind, [node]] of Object.entries(statement.children) as [string, [CstNode]][]) {
        if (kind === "layer") layered = true;
        if (node?.children) this.statement(ast, kind, node);
      }
    }
    if (ast.name === "") {
      this.problems.push({
        at: ast.at,
        message: "the file does not say which grammar it is",
        hint: 'begin it with: grammar NAME "title"',
      });
      return undefined;
    }
    if (!layered) {
      this.problems.push({
        at: ast.at,
        message: `${ast.name} has no layer`,
        hint: "add: layer envelope, body, message or values",
      });
    }
    return ast;
  }

  private statement(ast: GrammarAst, kind: string, node: CstNode): void {
    const name = tokens(node, "Ident")[0];
    const at = name ? placeOf(name) : ast.at;
    switch (kind) {
      case "grammar": {
        const title = tokens(node, "Text")[0];
        if (!name) return;
        if (ast.name !== "")
          this.pieces.complain(name, "a file holds one grammar", "move this one to a file of its own");
        ast.name = name.image;
        ast.title = title ? textOf(this.pieces.bytes(title)) : "";
        ast.at = at;
        return;
      }
      case "about":
        ast.about = [ast.about, ...this.texts(node)].filter((part) => part !== "").join(" ");
        return;
      case "command":
        ast.commands.push(...this.texts(node));
        return;
      case "layer":
        readLayer(ast, tokens(node, "Ident"), this.pieces);
        return;
      case "accepts":
        ast.there.push(...this.documents.tests(node));
        for (const each of nodes(node, "condition")) {
          const condition = this.condition(each);
          if (condition) ast.accepts.push(condition);
        }
        return;
      case "set":
        for (const each of nodes(node, "assignment")) {
          const [field, value] = this.assigned(each);
          if (!field || value === undefined) continue;
          if (typeof value === "object" && "copy" in value) {
            this.pieces.complain(
              field,
              "`set` cannot copy a field",
              "write [field = $other.field] in the event's pattern",
            );
          } else ast.set[field.image] = value;
        }
        return;
      case "record":
        if (name && name.image !== "line" && name.image !== "file") {
          this.pieces.complain(name, `a record is a line or a file, not ${name.image}`);
        } else if (name) ast.unit = name.image as "line" | "file";
        return;
      case "continuation": {
        const regex = this.regex(node);
        if (regex) ast.continuation = regex;
        return;
      }
      case "wants":
        ast.wants = [...(ast.wants ?? []), ...tokens(node, "Text").map((each) => this.pieces.bytes(each))];
        return;
      case "stamps":
        if (name && isStandsFor(name.image)) ast.standsFor = name.image;
        else if (name)
          this.pieces.complain(
            name,
            `stamps are of the start, the end or the moment of what is told, not of its ${name.image}`,
          );
        return;
      case "inherit":
        ast.inherit.push(...named(nodes(node, "names")[0]));
        return;
      case "token": {
        const regex = this.regex(node);
        const as = tokens(node, "Ident")[1];
        if (name && regex) ast.tokens.push({ name: name.image, regex, ...(as ? { as: as.image } : {}), at });
        return;
      }
      case "rule":
      case "event": {
        const telling = this.documents.telling(node);
        if (telling && name) ast.tellings.push({ name: name.image, at, ...telling });
        const body = this.pieces.choice(nodes(node, "choice")[0]);
        if (!name || !body) return;
        if (kind === "rule") ast.rules.push({ name: name.image, body, at });
        else ast.events.push({ name: name.image, body, at, ...this.standing(node) });
        return;
      }
      default: {
        const sample = this.samples.read(node, kind === "reject");
        if (sample) ast.samples.push(sample);
      }
    }
  }

  /** The quoted texts of a statement for people. */
  private texts(node: CstNode): string[] {
    return tokens(node, "Text").map((each) => textOf(this.pieces.bytes(each)));
  }

  /** Where an event stands, and what it does besides being read. */
  private standing(node: CstNode): Pick<EventDef, "pass" | "after" | "forgets"> {
    return {
      pass: this.passed(node),
      after: named(nodes(node, "after")[0]),
      forgets: named(nodes(nodes(node, "forgets")[0], "names")[0]),
    };
  }

  private passed(node: CstNode): string[] {
    return nodes(node, "pass").flatMap((each) => {
      const [field, layer] = tokens(each, "Ident");
      if (layer && layer.image !== "message") {
        this.pieces.complain(
          layer,
          `a field is passed to message, not to ${layer.image}`,
          "write: pass FIELD to message",
        );
      }
      return field ? [field.image] : [];
    });
  }

  private condition(node: CstNode): Condition | undefined {
    const field = tokens(node, "Ident")[0];
    if (!field) return undefined;
    const regex = this.regex(node);
    const values = tokens(node, "Text").map((each) => textOf(this.pieces.bytes(each)));
    const test = regex ? { kind: "matches" as const, regex } : { kind: "in" as const, values };
    return { field: field.image, optional: tokens(node, "Question").length > 0, test, at: placeOf(field) };
  }

  private assigned(node: CstNode): [IToken | undefined, Value | undefined] {
    return [tokens(node, "Ident")[0], this.pieces.value(nodes(node, "value")[0])];
  }

  private regex(node: CstNode): RegexText | undefined {
    const token = tokens(node, "Regex")[0];
    if (!token) return undefined;
    const at = placeOf(token);
    return { source: token.image.slice(1, -1), at: { line: at.line, column: at.column + 1 } };
  }
}

function named(node: CstNode | undefined): Named[] {
  return tokens(node, "Ident").map((token) => ({ name: token.image, at: placeOf(token) }));
}
