import { ByteSet, bytesOf } from "../bytes.js";
import type { Node } from "./ir.js";

/** A mistake in a token's regex, with its offset in the source. */
export class SubsetError extends Error {
  constructor(
    message: string,
    readonly offset: number,
    readonly hint?: string,
  ) {
    super(message);
  }
}

const DIGIT = ByteSet.range(48, 57);
const WORD = DIGIT.union(ByteSet.range(65, 90)).union(ByteSet.range(97, 122)).union(ByteSet.of("_"));
const SPACE = ByteSet.of(" \t\n\r\f\v");
const DOT = ByteSet.of("\n").complement();
const SHORT: Record<string, ByteSet> = {
  d: DIGIT,
  D: DIGIT.complement(),
  w: WORD,
  W: WORD.complement(),
  s: SPACE,
  S: SPACE.complement(),
};
const CONTROL: Record<string, string> = { n: "\n", t: "\t", r: "\r", f: "\f", v: "\v", "0": "\0", e: "\x1b" };
const MAX_COUNT = 1000;
const MAX_DEPTH = 60;

/**
 * Parses the regex subset of tokens into IR: classes, groups, `| * + ? {n,m}`, ASCII `\d \w \s`, `.` (all but a
 * newline), `\xHH`. No look-around, back-references, lazy or possessive quantifiers, anchors.
 * @throws SubsetError with the place and the next step.
 */
export function parseSubset(source: string): Node {
  const parser = new SubsetParser(source);
  return parser.parse();
}

class SubsetParser {
  private i = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  parse(): Node {
    const node = this.choice();
    if (this.i < this.source.length) this.fail("a `)` without its `(`", "write `\\)` for the character");
    return node;
  }

  private choice(): Node {
    const items = [this.sequence()];
    while (this.source[this.i] === "|") {
      this.i++;
      items.push(this.sequence());
    }
    return items.length === 1 ? items[0]! : { kind: "choice", items, ordered: false };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.i < this.source.length && this.source[this.i] !== "|" && this.source[this.i] !== ")") {
      const item = this.quantified();
      const last = items.at(-1);
      if (item.kind === "literal" && last?.kind === "literal") last.bytes += item.bytes;
      else items.push(item);
    }
    return items.length === 1 ? items[0]! : { kind: "sequence", items };
  }

  private quantified(): Node {
    const atom = this.atom();
    const char = this.source[this.i];
    let min: number;
    let max: number;
    if (char === "*" || char === "+" || char === "?") {
      min = char === "+" ? 1 : 0;
      max = char === "?" ? 1 : Number.POSITIVE_INFINITY;
      this.i++;
    } else if (char === "{") {
      const count = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.source.slice(this.i, this.i + 20));
      if (!count)
        return this.fail("a `{` that is no count", "write {3}, {1,3} or {2,}; write `\\{` for the character");
      min = Number(count[1]);
      max = !count[2] ? min : count[3] ? Number(count[3]) : Number.POSITIVE_INFINITY;
      if (
        min > max ||
        min > MAX_COUNT ||
        (max > MAX_COUNT && max !== Number.POSITIVE_INFINITY) ||
        max === 0
      ) {
        this.fail(
          `the count ${count[0]} is not usable`,
          `counts go from 1 to ${MAX_COUNT}, the lower one first`,
        );
      }
      this.i += count[0].length;
    } else return atom;
    const next = this.source[this.i];
    if (next === "?" || next === "+")
      this.fail("a lazy or possessive quantifier", "use `field:upto STOP` in the pattern instead");
    if (next === "*" || next === "{")
      this.fail("a quantifier after a quantifier", "put the first one into a group");
    return { kind: "repeat", item: atom, min, max, ordered: false };
  }

  private atom(): Node {
    const char = this.source[this.i]!;
    switch (char) {
      case "(":
        return this.group();
      case "[":
        return { kind: "class", set: this.klass() };
      case ".":
        this.i++;
        return { kind: "class", set: DOT };
      case "\\": {
        const set = this.escape();
        return typeof set === "string" ? { kind: "literal", bytes: set } : { kind: "class", set };
      }
      case "^":
      case "$":
        return this.fail(
          `the anchor \`${char}\``,
          `a token always matches as a whole; write \`\\${char}\` for the character`,
        );
      case "*":
      case "+":
      case "?":
        return this.fail(`nothing before \`${char}\` to repeat`, `write \`\\${char}\` for the character`);
      case "{":
        return this.fail("nothing before `{` to repeat", "write `\\{` for the character");
      default: {
        const point = String.fromCodePoint(this.source.codePointAt(this.i)!);
        this.i += point.length;
        const bytes = bytesOf(point);
        // A quantifier after a character beyond ASCII repeats all its bytes.
        if (bytes.length > 1) return { kind: "sequence", items: [{ kind: "literal", bytes }] };
        return { kind: "literal", bytes };
      }
    }
  }

  private group(): Node {
    const start = this.i;
    this.i++;
    if (this.source[this.i] === "?") {
      if (this.source[this.i + 1] !== ":")
        this.fail("look-around or a named group", "only (…) and (?:…) are groups here");
      this.i += 2;
    }
    if (++this.depth > MAX_DEPTH) this.fail("groups nested too deeply");
    const node = this.choice();
    this.depth--;
    if (this.source[this.i] !== ")") {
      this.i = start;
      this.fail("a `(` without its `)`", "write `\\(` for the character");
    }
    this.i++;
    // The wrapper keeps a quantifier on the whole group apart from a merged literal.
    return node.kind === "literal" ? { kind: "sequence", items: [node] } : node;
  }

  private escape(): ByteSet | string {
    const char = this.source[this.i + 1];
    if (char === undefined) return this.fail("a `\\` at the end");
    this.i += 2;
    if (char in SHORT) return SHORT[char]!;
    if (char in CONTROL) return CONTROL[char]!;
    if (char === "x") {
      const hex = /^[0-9a-fA-F]{2}/.exec(this.source.slice(this.i, this.i + 2));
      if (!hex) return this.fail("`\\x` without two hex digits");
      this.i += 2;
      return String.fromCharCode(Number.parseInt(hex[0], 16));
    }
    if (/[a-zA-Z1-9]/.test(char)) {
      this.i -= 2;
      return this.fail(
        `the escape \`\\${char}\``,
        "known: \\d \\D \\w \\W \\s \\S \\n \\t \\r \\f \\v \\e \\0 \\xHH",
      );
    }
    return bytesOf(char);
  }

  private klass(): ByteSet {
    const start = this.i++;
    const negated = this.source[this.i] === "^";
    if (negated) this.i++;
    let set = ByteSet.EMPTY;
    for (;;) {
      const char = this.source[this.i];
      if (char === undefined) {
        this.i = start;
        this.fail("a `[` without its `]`", "write `\\[` for the character");
      }
      if (char === "]") break;
      const from = this.member();
      if (typeof from !== "string") set = set.union(from);
      else if (
        this.source[this.i] === "-" &&
        this.source[this.i + 1] !== "]" &&
        this.i + 1 < this.source.length
      ) {
        this.i++;
        const to = this.member();
        if (typeof to !== "string" || to < from)
          return this.fail("a range that runs backwards or ends in a class");
        set = set.union(ByteSet.range(from.charCodeAt(0), to.charCodeAt(0)));
      } else set = set.union(ByteSet.of(from));
    }
    this.i++;
    if (set.isEmpty() && !negated) this.fail("an empty class");
    return negated ? set.complement() : set;
  }

  private member(): ByteSet | string {
    if (this.source[this.i] === "\\") return this.escape();
    const point = String.fromCodePoint(this.source.codePointAt(this.i)!);
    if (point > "\x7f")
      this.fail(
        `\`${point}\` in a class: classes hold single bytes`,
        "write (?:a|é) or \\xHH, or [^…] of ASCII",
      );
    this.i++;
    return point;
  }

  private fail(message: string, hint?: string): never {
    throw new SubsetError(message, this.i, hint);
  }
}
