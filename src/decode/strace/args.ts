import { readQuoted } from "./escapes.js";
import type { Field, Value } from "./values.js";

/** Nested deeper, or more values than this: the rest is left out. No call that matters comes near. */
const MAX_DEPTH = 24;
const MAX_VALUES = 20_000;

/**
 * Reads the argument list of a system call as strace prints it, in one pass: time and memory are linear in the text.
 *
 * Knows structs, arrays (`[3 5]` of descriptor sets too), flags, quoted texts with their escapes, annotated descriptors (`-y`, `-yy`),
 * comments (`-X verbose`), results behind `=>`, and the form of strace before 4.10 (`{{{msg_name(0)=NULL, …}, 45}, …}`). What it does
 * not know it steps over; a text that ends early gives what it held. Never throws.
 */
export function readArgs(text: string): Field[] {
  const reader = new ArgsReader(text);
  return reader.list(-1);
}

const isWord = (c: number) =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 36 || c === 46;

class ArgsReader {
  private at = 0;
  private depth = 0;
  private left = MAX_VALUES;
  /** No comment ends behind here: looked for once, not once for each that begins. */
  private noComment = false;

  constructor(private readonly text: string) {}

  /** Reads fields up to the closing character (-1: to the end), which is consumed. */
  list(close: number): Field[] {
    const { text } = this;
    const fields: Field[] = [];
    while (this.at < text.length) {
      const c = text.charCodeAt(this.at);
      if (c === close) {
        this.at++;
        break;
      }
      if (c === 32 || c === 44 || c === 9 || c === 126)
        this.at++; // blank , tab ~
      else if (this.comment()) continue;
      else {
        const start = this.at;
        const found = this.field();
        if (found && this.left-- > 0) fields.push(found);
        if (this.at === start) this.at++; // a stray bracket or sign
      }
    }
    return fields;
  }

  private field(): Field | undefined {
    const value = this.value();
    if (value === undefined) return undefined;
    this.blanks();
    if (this.text.startsWith("=>", this.at)) {
      this.at += 2;
      this.blanks();
      const after = this.value();
      return after === undefined ? { value } : { value, after };
    }
    if (this.text.charCodeAt(this.at) !== 61 || this.text.charCodeAt(this.at + 1) === 61) return { value };
    const name = value.kind === "word" ? value.text : value.kind === "call" ? value.name : undefined;
    if (name === undefined) return { value };
    this.at++;
    const named = this.value() ?? { kind: "word", text: "" };
    this.blanks();
    if (!this.text.startsWith("=>", this.at)) return { name, value: named };
    this.at += 2;
    this.blanks();
    const after = this.value();
    return after === undefined ? { name, value: named } : { name, value: named, after };
  }

  private value(): Value | undefined {
    const { text } = this;
    let c = text.charCodeAt(this.at);
    if (c === 64 || c === 38) c = text.charCodeAt(++this.at); // @"abstract", &sin6_addr
    if (c === 34) {
      const { bytes, cut, next } = readQuoted(text, this.at);
      this.at = next;
      return { kind: "text", bytes, cut };
    }
    if (c === 123 || c === 91) return this.nested(c);
    if (c === 60) {
      this.annotation(); // <... resuming interrupted poll ...>
      return undefined;
    }
    if (c === 46 && text.startsWith("...", this.at)) {
      this.at += 3;
      return { kind: "more" };
    }
    if ((c >= 48 && c <= 57) || (c === 45 && isDigit(text.charCodeAt(this.at + 1)))) return this.number();
    return isWord(c) ? this.word() : undefined;
  }

  private nested(open: number): Value {
    this.at++;
    const close = open === 123 ? 125 : 93;
    if (this.depth >= MAX_DEPTH) return { kind: "more" };
    this.depth++;
    const fields = this.list(close);
    this.depth--;
    return open === 123 ? { kind: "struct", fields } : { kind: "array", items: fields };
  }

  /** A number with its annotation or comment; `8192*1024` counts as a word. */
  private number(): Value {
    const { text } = this;
    const start = this.at++;
    while (isWord(text.charCodeAt(this.at)) || text.charCodeAt(this.at) === 42) this.at++;
    const digits = text.slice(start, this.at);
    const value = Number(digits);
    if (Number.isNaN(value)) return { kind: "word", text: digits };
    const result: Extract<Value, { kind: "number" }> = { kind: "number", value };
    if (text.charCodeAt(this.at) === 60) result.note = this.annotation();
    if (!this.noComment && text.startsWith(" /* ", this.at)) {
      const end = text.indexOf(" */", this.at + 4);
      if (end < 0) this.noComment = true;
      else {
        result.comment = text.slice(this.at + 4, end);
        this.at = end + 3;
      }
    }
    return result;
  }

  private word(): Value {
    const { text } = this;
    const start = this.at;
    while (this.at < text.length) {
      const c = text.charCodeAt(this.at);
      if (!isWord(c) && c !== 124 && c !== 42) break; // | *
      if (c === 46 && text.startsWith("...", this.at)) break;
      this.at++;
    }
    const name = text.slice(start, this.at);
    const next = text.charCodeAt(this.at);
    if (next === 60) {
      this.annotation(); // AT_FDCWD</root>
      return { kind: "word", text: name };
    }
    if (next !== 40) return { kind: "word", text: name };
    this.at++;
    if (this.depth >= MAX_DEPTH) return { kind: "more" };
    this.depth++;
    const args = this.list(41);
    this.depth--;
    return { kind: "call", name, args };
  }

  /** Gives what is inside of `<…>`. */
  private annotation(): string {
    const { text, at } = this;
    const end = endOfNote(text, at);
    this.at = Math.min(end + 1, text.length);
    return text.slice(at + 1, end);
  }

  private comment(): boolean {
    if (!this.text.startsWith("/*", this.at)) return false;
    const end = this.text.indexOf("*/", this.at + 2);
    this.at = end < 0 ? this.text.length : end + 2;
    return true;
  }

  private blanks(): void {
    while (this.text.charCodeAt(this.at) === 32) this.at++;
  }
}

/** Where `<…>`, which begins at `open`, ends: there may be others inside, and the `>` of `->` is none. The text's end where it does not. */
export function endOfNote(text: string, open: number): number {
  let depth = 1;
  let at = open + 1;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 60) depth++;
    else if (c === 62 && text.charCodeAt(at - 1) !== 45 && --depth === 0) break;
  }
  return at;
}

const isDigit = (c: number) => c >= 48 && c <= 57;
