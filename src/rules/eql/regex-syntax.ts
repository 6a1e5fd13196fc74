/** The syntax of the regular expressions in EQL: parsed by hand into a small tree. */

/** A set of UTF-16 code units. */
export class CharSet {
  constructor(
    private readonly ranges: readonly (readonly [number, number])[],
    private readonly negated = false,
  ) {}

  has(code: number): boolean {
    return this.ranges.some(([from, to]) => code >= from && code <= to) !== this.negated;
  }
}

export type Node =
  | { is: "set"; set: CharSet }
  | { is: "row" | "either"; of: Node[] }
  | { is: "repeat"; of: Node; min: number; max: number };

type Ranges = [number, number][];

const code = (char: string): number => char.charCodeAt(0);
const CLASSES: Record<string, Ranges> = {
  d: [[code("0"), code("9")]],
  w: [
    [code("0"), code("9")],
    [code("A"), code("Z")],
    [code("a"), code("z")],
    [code("_"), code("_")],
  ],
  s: [
    [9, 13],
    [32, 32],
    [160, 160],
  ],
};
const CONTROLS: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
const MAX_DEPTH = 50;
const MAX_REPEAT = 500;

class Refusal extends Error {}

/** Both cases of the letters in `ranges` (ASCII, and single-unit foldings of single characters). */
function bothCases(ranges: Ranges): Ranges {
  const all: Ranges = [...ranges];
  for (const [from, to] of ranges) {
    for (const [low, high, shift] of [
      [65, 90, 32],
      [97, 122, -32],
    ] as const) {
      const a = Math.max(from, low);
      const b = Math.min(to, high);
      if (a <= b) all.push([a + shift, b + shift]);
    }
    if (from !== to || from < 128) continue;
    const char = String.fromCharCode(from);
    for (const other of [char.toLowerCase(), char.toUpperCase()])
      if (other.length === 1) all.push([code(other), code(other)]);
  }
  return all;
}

class PatternParser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly ignoreCase: boolean,
  ) {}

  parse(): Node {
    const node = this.either();
    if (this.at < this.text.length) throw new Refusal(`\`)\` at ${this.at + 1} closes nothing`);
    return node;
  }

  private either(): Node {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new Refusal("its groups nest too deeply");
    const of = [this.row()];
    while (this.text[this.at] === "|") {
      this.at += 1;
      of.push(this.row());
    }
    this.depth -= 1;
    return of.length === 1 ? of[0]! : { is: "either", of };
  }

  private row(): Node {
    const of: Node[] = [];
    while (this.at < this.text.length && this.text[this.at] !== "|" && this.text[this.at] !== ")")
      of.push(this.repeated(this.atom()));
    return { is: "row", of };
  }

  private repeated(atom: Node): Node {
    let node = atom;
    for (;;) {
      const rest = this.text.slice(this.at, this.at + 16);
      const counted = /^\{(\d{1,5})(?:(,)(\d{1,5})?)?\}/.exec(rest);
      if (counted !== null) {
        const min = Number(counted[1]);
        const max = counted[2] === undefined ? min : counted[3] === undefined ? Infinity : Number(counted[3]);
        if (max < min || min > MAX_REPEAT || (max > MAX_REPEAT && max !== Infinity))
          throw new Refusal(`the repetition ${counted[0]} is out of bounds`);
        node = { is: "repeat", of: node, min, max };
        this.at += counted[0].length;
        continue;
      }
      const bounds = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] }[rest[0] ?? ""];
      if (bounds === undefined) return node;
      node = { is: "repeat", of: node, min: bounds[0]!, max: bounds[1]! };
      this.at += 1;
    }
  }

  private atom(): Node {
    const char = this.text[this.at]!;
    this.at += 1;
    if (char === "(") {
      if (this.text.startsWith("?:", this.at)) this.at += 2;
      else if (this.text[this.at] === "?")
        throw new Refusal("look-around and named groups are not supported");
      const inner = this.either();
      if (this.text[this.at] !== ")") throw new Refusal("a `(` is not closed");
      this.at += 1;
      return inner;
    }
    if (char === "[") return this.set();
    if (char === '"') return this.quoted();
    if (char === ".") return { is: "set", set: new CharSet([], true) };
    if ("*+?".includes(char)) throw new Refusal(`\`${char}\` at ${this.at} repeats nothing`);
    if (char === "{" || char === "}" || char === "^" || char === "$")
      throw new Refusal(
        `\`${char}\` at ${this.at} must be escaped (an expression always matches the whole text)`,
      );
    if (char === "\\") {
      const escaped = this.escape();
      return this.setOf(escaped.ranges, escaped.negated);
    }
    return this.setOf([[code(char), code(char)]], false);
  }

  /** Between double quotes everything stands for itself. */
  private quoted(): Node {
    const end = this.text.indexOf('"', this.at);
    if (end < 0) throw new Refusal('a `"` is not closed (write `\\"` for the character)');
    const of = this.text
      .slice(this.at, end)
      .split("")
      .map((char) => this.setOf([[code(char), code(char)]], false));
    this.at = end + 1;
    return { is: "row", of };
  }

  private setOf(ranges: Ranges, negated: boolean): Node {
    return { is: "set", set: new CharSet(this.ignoreCase ? bothCases(ranges) : ranges, negated) };
  }

  private escape(): { ranges: Ranges; negated: boolean } {
    const char = this.text[this.at];
    if (char === undefined) throw new Refusal("it ends in a backslash");
    this.at += 1;
    const known = CLASSES[char.toLowerCase()];
    if (known !== undefined) return { ranges: known, negated: char < "a" };
    const control = CONTROLS[char];
    if (control === undefined && /[A-Za-z0-9]/.test(char))
      throw new Refusal(`\`\\${char}\` is not supported`);
    const unit = code(control ?? char);
    return { ranges: [[unit, unit]], negated: false };
  }

  private set(): Node {
    const negated = this.text[this.at] === "^";
    if (negated) this.at += 1;
    const ranges: Ranges = [];
    for (let first = true; first || this.text[this.at] !== "]"; first = false) {
      const [from, whole] = this.member();
      if (this.text[this.at] === "-" && this.text[this.at + 1] !== "]" && !whole) {
        this.at += 1;
        const [to] = this.member();
        if (to[0]![1] < from[0]![0]) throw new Refusal("a range in `[…]` runs backwards");
        ranges.push([from[0]![0], to[0]![1]]);
      } else ranges.push(...from);
    }
    this.at += 1;
    return this.setOf(ranges, negated);
  }

  /** One character of a set, or a class. */
  private member(): [Ranges, boolean] {
    const char = this.text[this.at];
    if (char === undefined) throw new Refusal("a `[` is not closed");
    this.at += 1;
    if (char !== "\\") return [[[code(char), code(char)]], false];
    const { ranges, negated } = this.escape();
    if (negated) throw new Refusal("`\\D`, `\\W` and `\\S` are not supported inside `[…]`");
    return [ranges, ranges.length > 1 || ranges[0]![0] !== ranges[0]![1]];
  }
}

/** Parses a pattern, or says in one sentence why it is refused. */
export function parsePattern(pattern: string, ignoreCase: boolean): { node: Node } | { problem: string } {
  try {
    return { node: new PatternParser(pattern, ignoreCase).parse() };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}
