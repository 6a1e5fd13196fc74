import { Char, isBracket, skipBlanks, skipWhite } from "./chars.js";

/** What follows in a value: see {@link JsonScan.value}. */
type Outcome = "whole" | "broken" | "more";

/** Nothing that is worth reading nests deeper. */
const DEEPEST = 512;
/** Numbers and words: what JSON.parse makes of them shows whether they are some. */
const SCALAR = /(?:-?\d[\d.eE+-]*|true|false|null)/y;
/** The list whose elements are documents (Kubernetes: `kind: List`, `EventList`, …). */
const ITEMS = '"items"';

/** Goes through one JSON value, without making anything of it. */
export class JsonScan {
  at: number;
  /** Where the document begins: the value itself, or the first element of the shell around it. */
  from: number;
  /** There is an array around the document, whose brackets stand on other lines. */
  inShell = false;
  /** A key with its colon, at least, was read: it is meant as JSON. */
  convincing = false;
  private readonly open: number[] = [];
  /** Brackets that are open around the document. */
  private around = 0;

  /** @param split look for a shell: an array, or `items` of an object, whose elements begin on lines of their own */
  constructor(
    readonly text: string,
    at: number,
    readonly length: number,
    private readonly split: boolean,
  ) {
    this.at = this.from = at;
  }

  /** Goes behind the document. `more`: the text ends before; `broken`: `at` is where it went wrong. */
  value(): Outcome {
    const { text, open } = this;
    for (;;) {
      this.at = skipWhite(text, this.at, this.length);
      if (this.at >= this.length) return "more";
      const outcome = this.item();
      if (outcome !== "whole") return outcome;
      if (open.length === this.around) return "whole";
    }
  }

  /** The key, or nothing, and what begins or ends behind it: a bracket, or a scalar with its comma. */
  private item(): Outcome {
    const { text, open } = this;
    let code = text.charCodeAt(this.at);
    const isMember = open.at(-1) === Char.OPEN;
    if (code === Char.CLOSE || code === Char.CLOSE_LIST) return this.close(code);
    let isItems = false;
    if (isMember) {
      const key = this.at;
      if (code !== Char.QUOTE) return "broken";
      const outcome = this.string();
      if (outcome !== "whole") return outcome;
      isItems = open.length === 1 && text.startsWith(ITEMS, key);
      this.at = skipWhite(text, this.at, this.length);
      if (this.at >= this.length) return "more";
      if (text.charCodeAt(this.at) !== Char.COLON) return "broken";
      this.convincing = true;
      this.at = skipWhite(text, this.at + 1, this.length);
      if (this.at >= this.length) return "more";
      code = text.charCodeAt(this.at);
    }
    if (isBracket(code)) return this.begin(code, isItems);
    if (open.length === 0) return "broken";
    const outcome = code === Char.QUOTE ? this.string() : this.scalar();
    return outcome === "whole" ? this.separator() : outcome;
  }

  private begin(code: number, isItems: boolean): Outcome {
    const { text, open } = this;
    if (open.length === DEEPEST) return "broken";
    open.push(code);
    this.at++;
    const isShell = this.split && code === Char.OPEN_LIST && (open.length === 1 || isItems) && !this.inShell;
    if (!isShell) return "whole";
    const next = skipBlanks(text, this.at, this.length);
    if (next < this.length && text.charCodeAt(next) !== Char.NEWLINE) return "whole";
    const first = skipWhite(text, next, this.length);
    if (first >= this.length) return "more";
    if (text.charCodeAt(first) !== Char.OPEN) return "whole";
    this.around = open.length;
    this.inShell = true;
    this.from = this.at = first;
    open.push(Char.OPEN);
    this.at++;
    return "whole";
  }

  private close(code: number): Outcome {
    const { open } = this;
    const opened = open.at(-1);
    if (open.length <= this.around || opened !== code - 2) return "broken";
    open.pop();
    this.at++;
    return open.length === this.around ? "whole" : this.separator();
  }

  /** A comma, unless a bracket closes. */
  private separator(): Outcome {
    this.at = skipWhite(this.text, this.at, this.length);
    if (this.at >= this.length) return "more";
    const code = this.text.charCodeAt(this.at);
    if (code === Char.COMMA) this.at++;
    else if (code !== Char.CLOSE && code !== Char.CLOSE_LIST) return "broken";
    return "whole";
  }

  private scalar(): Outcome {
    SCALAR.lastIndex = this.at;
    if (!SCALAR.test(this.text)) return this.length - this.at < 6 ? "more" : "broken";
    this.at = Math.min(SCALAR.lastIndex, this.length);
    return this.at < this.length ? "whole" : "more";
  }

  /** Goes behind a string, which has no line end. */
  private string(): Outcome {
    const { text, length } = this;
    const newline = text.indexOf("\n", this.at);
    const limit = newline < 0 || newline > length ? length : newline;
    for (let quote = this.at; ; ) {
      quote = text.indexOf('"', quote + 1);
      if (quote < 0 || quote >= limit) {
        if (limit === length) return "more";
        this.at = limit;
        return "broken";
      }
      let slashes = 0;
      while (text.charCodeAt(quote - 1 - slashes) === Char.BACKSLASH) slashes++;
      if (slashes % 2 === 1) continue;
      this.at = quote + 1;
      return "whole";
    }
  }

  /**
   * What closes the arrays and objects around the last of their elements, which ends at `at`, with the members behind it: goes behind
   * the last bracket.
   * @returns whether the text goes on: if not, more may follow
   */
  tail(at: number): boolean {
    const { text, length } = this;
    this.at = at;
    for (;;) {
      let next = skipWhite(text, this.at, length);
      if (this.at > at && text.charCodeAt(next) === Char.COMMA) next = this.members(next + 1);
      if (next >= length) return false;
      const code = text.charCodeAt(next);
      if (code !== Char.CLOSE && code !== Char.CLOSE_LIST) return true;
      this.at = next + 1;
    }
  }

  /** Goes over members of an object that is open since before the record. @returns where the next bracket closes, or the text ends */
  private members(at: number): number {
    const scan = new JsonScan(this.text, at, this.length, false);
    scan.open.push(Char.OPEN);
    scan.around = 1;
    for (;;) {
      scan.at = skipWhite(scan.text, scan.at, scan.length);
      if (scan.at >= scan.length || scan.text.charCodeAt(scan.at) === Char.CLOSE) return scan.at;
      let outcome = scan.item();
      if (outcome === "whole" && scan.open.length > 1) outcome = scan.value();
      if (outcome !== "whole") return scan.length;
      const next = skipWhite(scan.text, scan.at, scan.length);
      if (scan.text.charCodeAt(next) === Char.COMMA) scan.at = next + 1;
    }
  }
}
