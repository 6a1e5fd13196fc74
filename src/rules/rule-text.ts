import { type Document, isNode, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { EqlProblem } from "./eql/problem.js";

/** Something wrong in a rule file, with its place. */
export class RuleProblem {
  constructor(
    readonly file: string,
    /** 1-based. */
    readonly line: number,
    readonly column: number,
    /** The reason and the next step; may have several lines. */
    readonly message: string,
  ) {}

  toString(): string {
    return `${this.file}:${this.line}:${this.column}: ${this.message}`;
  }
}

export type Path = readonly (string | number)[];

const MAX_LENGTH = 2_000_000;

/** A rule file as YAML, which knows where each of its values stands. */
export class RuleText {
  readonly problems: RuleProblem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document | undefined;

  constructor(
    readonly file: string,
    private readonly text: string,
  ) {
    if (text.length > MAX_LENGTH) {
      this.problems.push(
        new RuleProblem(file, 1, 1, `a rule file may have at most ${MAX_LENGTH} characters`),
      );
      return;
    }
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    for (const error of this.document.errors.slice(0, 3)) {
      const hint =
        error.code === "BLOCK_AS_IMPLICIT_KEY" || error.code === "MULTILINE_IMPLICIT_KEY"
          ? " (a text with `: ` in it needs quotes, or `>-` and a line of its own)"
          : "";
      this.at(error.pos[0], `this is not YAML: ${error.message}${hint}`);
    }
  }

  /** The plain value, or `undefined` when it cannot be read. */
  value(): unknown {
    if (this.document === undefined || this.problems.length > 0) return undefined;
    try {
      return this.document.toJS({ maxAliasCount: 50 });
    } catch (error) {
      this.at(0, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Notes a problem of the value at `path`, or of the nearest one above it that is written down. */
  problem(path: Path, message: string): void {
    this.at(this.node(path)?.range?.[0] ?? 0, message);
  }

  /** The 1-based line of the value at `path`, or of the nearest one above it. */
  lineOf(path: Path): number {
    return Math.max(1, this.lines.linePos(this.node(path)?.range?.[0] ?? 0).line);
  }

  /** Notes a problem inside a text: at its very place where the text stands in the file as it is. */
  problemInside(path: Path, value: string, problem: EqlProblem, message: string): void {
    const node = this.node(path);
    const start = node?.range?.[0] ?? 0;
    let offset = start;
    if (isScalar(node) && node.range) {
      if (this.text.startsWith(value, start)) offset = start + problem.offset;
      else if (this.text.startsWith(value, start + 1)) offset = start + 1 + problem.offset;
    }
    this.at(offset, message);
  }

  private at(offset: number, message: string): void {
    const { line, col } = this.lines.linePos(offset);
    this.problems.push(new RuleProblem(this.file, Math.max(1, line), Math.max(1, col), message));
  }

  private node(path: Path): Node | undefined {
    for (let length = path.length; length >= 0; length -= 1) {
      const found =
        length === 0 ? this.document?.contents : this.document?.getIn(path.slice(0, length), true);
      if (isNode(found)) return found;
    }
    return undefined;
  }
}
