/** A regular expression of Perl's kind (PCRE, Oniguruma), as far as other tools' formats use them. */
export type Regex =
  | { kind: "char"; text: string }
  /** A class in the subset's own syntax: `[^\s"]`, `\d`. */
  | { kind: "class"; source: string; any?: true }
  | { kind: "sequence"; items: Regex[] }
  | { kind: "choice"; items: Regex[] }
  | { kind: "repeat"; item: Regex; min: number; max: number }
  | { kind: "group"; name: string; item: Regex }
  /** A token that stands for it: built in, or declared as `source`; `as` gives its type. */
  | { kind: "known"; token: string; source: string; builtin: boolean; as?: string }
  /** grok's `%{SYNTAX:SEMANTIC:TYPE}`. */
  | { kind: "reference"; syntax: string; semantic?: string; type?: string };

/** What could not be read: the expression is of no use. */
export class UnknownRegex extends Error {}

const POSIX: Record<string, string> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
  word: "\\w",
};
/** Escapes that are classes; `\h` is Oniguruma's hexadecimal digit only in a class of its own, a blank in PCRE. */
const CLASSES: Record<string, string> = {
  d: "\\d",
  D: "[^\\d]",
  w: "\\w",
  W: "[^\\w]",
  // As the built-in tokens have it: what a word holds is no blank.
  s: "[ \\t\\r\\n]",
  S: "[^ \\t\\r\\n]",
  h: "[ \\t]",
  H: "[^ \\t]",
  N: "[^\\n]",
};
const CONTROLS: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  e: "\x1b",
  a: "\x07",
};
const MOST = Number.POSITIVE_INFINITY;

/** Parses an expression. What the subset cannot say and can be left out is told to `note`, in words. */
export function parsePcre(source: string, note: (what: string) => void): Regex {
  return new Parser(source, note).whole();
}

class Parser {
  private at = 0;
  private ignoresCase = false;

  constructor(
    private readonly source: string,
    private readonly note: (what: string) => void,
  ) {}

  whole(): Regex {
    const regex = this.choice();
    if (this.at < this.source.length) throw new UnknownRegex(`\`${this.rest(12)}\` does not fit`);
    return regex;
  }

  private choice(): Regex {
    const items = [this.sequence()];
    while (this.eat("|")) items.push(this.sequence());
    return items.length === 1 ? items[0]! : { kind: "choice", items };
  }

  private sequence(): Regex {
    const items: Regex[] = [];
    while (this.at < this.source.length && !/[|)]/.test(this.source[this.at]!)) {
      const item = this.atom();
      if (item) items.push(this.repeated(item));
    }
    return items.length === 1 ? items[0]! : { kind: "sequence", items };
  }

  private repeated(item: Regex): Regex {
    let repeated = item;
    for (;;) {
      const found = this.match(/[*+?]|\{(\d*)(?:(,)(\d*))?\}/y);
      if (!found) return repeated;
      const [sign, low, comma, high] = found;
      const min = sign === "+" ? 1 : sign === "*" || sign === "?" ? 0 : Number(low || 0);
      const max = sign === "?" ? 1 : sign === "*" || sign === "+" ? MOST : comma ? Number(high || MOST) : min;
      repeated = { kind: "repeat", item: repeated, min, max };
      // Which of several ways an expression would take makes no difference where there is only one.
      this.match(/[?+]/y);
    }
  }

  private atom(): Regex | undefined {
    const reference = this.match(/%\{(\w+)(?::([^:}]+))?(?::(\w+))?\}/y);
    if (reference) {
      const [, syntax, semantic, type] = reference;
      return { kind: "reference", syntax: syntax!, ...(semantic && { semantic }), ...(type && { type }) };
    }
    const char = this.source[this.at]!;
    if (char === "(") return this.group();
    if (char === "[") return this.bracket();
    this.at++;
    if (char === ".") return { kind: "class", source: "[^\\n]", any: true };
    if (char === "^" || char === "$") return undefined;
    if (char === "\\") return this.escape();
    return this.literal(char);
  }

  private literal(char: string): Regex {
    if (!this.ignoresCase || char.toLowerCase() === char.toUpperCase()) return { kind: "char", text: char };
    return { kind: "class", source: `[${char.toLowerCase()}${char.toUpperCase()}]` };
  }

  private escape(): Regex | undefined {
    const char = this.source[this.at++] ?? "";
    if (/[bBAzZGK]/.test(char)) return undefined;
    if (Object.hasOwn(CLASSES, char)) return { kind: "class", source: CLASSES[char]! };
    if (Object.hasOwn(CONTROLS, char)) return { kind: "char", text: CONTROLS[char]! };
    if (char === "x") return { kind: "char", text: String.fromCharCode(this.hex()) };
    if (char === "Q") return this.quoted();
    if (/[pP]/.test(char)) {
      const [name] = this.match(/\{[^}]*\}|\w/y) ?? [""];
      this.note(`\\${char}${name}: read as letters and whatever is beyond ASCII`);
      return { kind: "class", source: char === "p" ? "[A-Za-z\\x80-\\xff]" : "[^A-Za-z\\x80-\\xff]" };
    }
    if (/[0-9gk]/.test(char)) throw new UnknownRegex(`\\${char} refers back to what was matched before`);
    return { kind: "char", text: char };
  }

  private quoted(): Regex {
    const end = this.source.indexOf("\\E", this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    return { kind: "sequence", items: [...text].map((char) => ({ kind: "char", text: char })) };
  }

  private hex(): number {
    const [, braced, plain] = this.match(/(?:\{([0-9a-fA-F]{1,2})\}|([0-9a-fA-F]{1,2}))/y) ?? [];
    return Number.parseInt(braced ?? plain ?? "0", 16);
  }

  private group(): Regex | undefined {
    const comment = this.match(/\(\?#[^)]*\)/y);
    if (comment) return undefined;
    const flags = this.match(/\(\?([a-z]*)(?:-([a-z]+))?\)/y);
    if (flags) {
      this.setFlags(flags[1]!, flags[2] ?? "");
      return undefined;
    }
    const look = this.match(/\(\?<?[=!]/y);
    const named = look ? undefined : this.match(/\(\?P?<([A-Za-z_]\w*)>|\(\?'([A-Za-z_]\w*)'/y);
    const before = this.ignoresCase;
    const from = this.at;
    if (!look && !named) {
      const inline = this.match(/\(\?([a-z]*)(?:-([a-z]+))?:|\(\?>|\(\?\||\(\*?/y);
      if (inline?.[1] !== undefined) this.setFlags(inline[1], inline[2] ?? "");
    }
    const item = this.choice();
    this.ignoresCase = before;
    if (!this.eat(")"))
      throw new UnknownRegex(`the group \`${this.source.slice(from, from + 12)}…\` has no end`);
    if (look) {
      this.note(`${look[0]}…): what stands before or behind is not looked at`);
      return undefined;
    }
    const name = named?.[1] ?? named?.[2];
    return name === undefined ? item : { kind: "group", name, item };
  }

  private setFlags(on: string, off: string): void {
    if (on.includes("i")) this.ignoresCase = true;
    if (off.includes("i")) this.ignoresCase = false;
    const others = on.replace(/[ims]/g, "");
    if (others !== "") this.note(`(?${others}): this flag is not known`);
  }

  private bracket(): Regex {
    this.at++;
    let inside = this.eat("^") ? "^" : "";
    for (let first = true; ; first = false) {
      const char = this.source[this.at++];
      if (char === undefined) throw new UnknownRegex("a class has no end");
      if (char === "]" && !first) return { kind: "class", source: `[${inside}]` };
      const posix = char === "[" ? this.match(/:(\w+):\]/y) : undefined;
      if (posix) inside += POSIX[posix[1]!] ?? "";
      else if (char === "[" && this.source[this.at] === "[") this.note("a class in a class: read as one");
      else if (char === "\\") inside += this.inClass();
      else inside += this.foldedInClass(char);
    }
  }

  private foldedInClass(char: string): string {
    const escaped = /[\]\\^[/]/.test(char) ? `\\${char}` : char;
    const other = char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase();
    return this.ignoresCase && other !== char ? escaped + other : escaped;
  }

  private inClass(): string {
    const char = this.source[this.at++] ?? "";
    if (char === "x") return `\\x${this.hex().toString(16).padStart(2, "0")}`;
    if (char === "h") return " \\t";
    if (char === "s") return " \\t\\r\\n";
    if (/[dw]/.test(char)) return `\\${char}`;
    if (Object.hasOwn(CONTROLS, char))
      return `\\x${CONTROLS[char]!.charCodeAt(0).toString(16).padStart(2, "0")}`;
    if (/[A-Za-z0-9]/.test(char)) throw new UnknownRegex(`\\${char} in a class`);
    return `\\${char}`;
  }

  private eat(char: string): boolean {
    if (this.source[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private match(regex: RegExp): RegExpExecArray | undefined {
    regex.lastIndex = this.at;
    const found = regex.exec(this.source);
    if (found) this.at = regex.lastIndex;
    return found ?? undefined;
  }

  private rest(length: number): string {
    return this.source.slice(this.at, this.at + length);
  }
}
