import type { CstNode, IToken } from "chevrotain";
import type { DocumentTest, Entry, PathText, RegexText, Taken, TellingDef } from "./ast.js";
import { nodes, type PieceReader, placeOf, tokens } from "./ast-pieces.js";

/** Reads the parts of the language that are about documents: tests, and the events with their entries. */
export class DocumentReader {
  constructor(
    private readonly pieces: PieceReader,
    private readonly regex: (node: CstNode) => RegexText | undefined,
  ) {}

  /** The conditions of an `accepts` or `when`, all of which must hold. */
  tests(node: CstNode | undefined): DocumentTest[] {
    return nodes(nodes(node, "there")[0], "test").flatMap((each) => this.test(each) ?? []);
  }

  /** What an event tells of a document; `undefined` for events with a pattern. */
  telling(event: CstNode): Pick<TellingDef, "each" | "when" | "entries"> | undefined {
    const told = nodes(event, "told")[0];
    return (
      told && {
        each: tokens(told, "Path").map(pathText),
        when: this.tests(nodes(told, "when")[0]),
        entries: nodes(told, "entry").flatMap((each) => this.entry(each) ?? []),
      }
    );
  }

  private test(node: CstNode): DocumentTest | undefined {
    const path = tokens(node, "Path")[0];
    if (!path) return undefined;
    const test: DocumentTest = { path: pathText(path), not: tokens(node, "Kw_not").length > 0 };
    const regex = this.regex(node);
    if (regex) return { ...test, matches: regex };
    const values = nodes(node, "value").flatMap((each) => {
      const value = this.pieces.value(each);
      return value === undefined || typeof value === "object" ? [] : [value];
    });
    return tokens(node, "Kw_in").length > 0 ? { ...test, values } : test;
  }

  private entry(node: CstNode): Entry | undefined {
    const when = this.tests(nodes(node, "when")[0]);
    const path = tokens(node, "Path")[0];
    if (path) {
      const body = this.pieces.choice(nodes(nodes(node, "group")[0], "choice")[0]);
      return body && { kind: "text", path: pathText(path), body, when, at: placeOf(path) };
    }
    const field = tokens(node, "Ident")[0];
    const taken = nodes(node, "taken")[0];
    const value = taken && this.taken(taken);
    return field && value && { kind: "field", field: field.image, value, when, at: placeOf(field) };
  }

  private taken(node: CstNode): Taken | undefined {
    const text = tokens(node, "Text")[0];
    const type = tokens(node, "Ident").find(({ tokenType }) => tokenType.name !== "Kw_key");
    const as = text
      ? { template: this.pieces.bytes(text), at: placeOf(text) }
      : type && { type: type.image, at: placeOf(type) };
    const path = tokens(node, "Path")[0];
    if (path) return { kind: "path", path: pathText(path), ...(as && { as }) };
    if (tokens(node, "Kw_key").length > 0) return { kind: "key", ...(as && { as }) };
    const value = this.pieces.value(nodes(node, "value")[0]);
    return value === undefined ? undefined : { kind: "constant", value };
  }
}

const pathText = (token: IToken): PathText => ({ source: token.image, at: placeOf(token) });
