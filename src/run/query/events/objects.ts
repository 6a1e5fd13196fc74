import fs from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** One event's object may take so many characters. */
const MOST_CHARS = 16 << 20;
const CHUNK = 1 << 20;

/** A JSON object of the input, or what stands where one should. */
export interface Piece {
  /** 1-based line on which it begins. */
  line: number;
  /** Absent: it is no object that can be read, and why. */
  value?: Readonly<Record<string, unknown>>;
  problem?: string;
}

type State = "between" | "inside" | "string" | "escape" | "skipping";

/**
 * Cuts a stream of JSON objects: one a line, one after the other, or the elements of an array. An object may take several lines; where
 * one is broken, what follows is read again from the next line that begins with `{`.
 */
export class ObjectCutter {
  private readonly decoder = new StringDecoder("utf8");
  private text = "";
  private at = 0;
  private begin = 0;
  private depth = 0;
  private line = 1;
  private beginLine = 1;
  private state: State = "between";
  private final = false;

  /** @returns the objects that end in this chunk */
  push(chunk: Buffer): Piece[] {
    this.text += this.decoder.write(chunk);
    return this.cut();
  }

  end(): Piece[] {
    this.final = true;
    this.text += this.decoder.end();
    const pieces = this.cut();
    if (this.state === "inside" || this.state === "string" || this.state === "escape")
      pieces.push({ line: this.beginLine, problem: "an object that breaks off: the input ends inside it" });
    return pieces;
  }

  private cut(): Piece[] {
    const pieces: Piece[] = [];
    const { text } = this;
    for (; this.at < text.length; this.at += 1) {
      const char = text.charCodeAt(this.at);
      if (char === 10) {
        // What begins the next line must be known.
        if (this.state === "inside" && !this.final && this.at + 2 >= text.length) break;
        this.newLine(pieces);
      }
      switch (this.state) {
        case "between":
          this.between(char, pieces);
          break;
        case "inside":
          if (char === 34) this.state = "string";
          else if (char === 123 || char === 91) this.depth += 1;
          else if ((char === 125 || char === 93) && --this.depth === 0) this.finish(pieces);
          break;
        case "string":
          if (char === 34) this.state = "inside";
          else if (char === 92) this.state = "escape";
          break;
        case "escape":
          this.state = "string";
          break;
        case "skipping":
          break;
      }
    }
    const keep = this.state === "between" || this.state === "skipping" ? text.length : this.begin;
    this.text = text.slice(keep);
    this.at -= keep;
    this.begin = 0;
    if (this.text.length > MOST_CHARS) {
      pieces.push({ line: this.beginLine, problem: `an object of more than ${MOST_CHARS} characters` });
      this.state = "skipping";
    }
    return pieces;
  }

  /** JSON's strings hold no line feeds, and a new object does not begin a line inside of one: the one before it is broken. */
  private newLine(pieces: Piece[]): void {
    this.line += 1;
    const broken = this.state === "string" || this.state === "escape";
    const begins =
      this.state === "inside" && this.text.startsWith('{"', this.at + 1) && !this.expectsMore(this.at - 1);
    if (broken || begins)
      pieces.push({ line: this.beginLine, problem: "an object that breaks off at the end of a line" });
    if (broken || begins || this.state === "skipping") this.state = "between";
  }

  /** Is an object or a value due after this place? */
  private expectsMore(at: number): boolean {
    let last = at;
    while (last > this.begin && this.text.charCodeAt(last) <= 32) last -= 1;
    return ",[:".includes(this.text[last]!);
  }

  private between(char: number, pieces: Piece[]): void {
    if (char === 123) {
      this.begin = this.at;
      this.beginLine = this.line;
      this.depth = 1;
      this.state = "inside";
      return;
    }
    // Blanks, commas and the brackets of an array around; a byte order mark.
    if (char <= 32 || char === 44 || char === 91 || char === 93 || char === 0xfeff) return;
    pieces.push({ line: this.line, problem: "no JSON object begins here" });
    this.state = "skipping";
  }

  private finish(pieces: Piece[]): void {
    this.state = "between";
    try {
      const value = JSON.parse(this.text.slice(this.begin, this.at + 1)) as Record<string, unknown>;
      pieces.push({ line: this.beginLine, value });
    } catch (error) {
      pieces.push({ line: this.beginLine, problem: `no JSON: ${(error as Error).message}` });
    }
  }
}

/** All objects of a file, in its order. Throws the file system's errors. */
export function* objectsOf(file: string): Generator<Piece> {
  const fd = fs.openSync(file, "r");
  try {
    const cutter = new ObjectCutter();
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const length = fs.readSync(fd, buffer, 0, CHUNK, null);
      if (length === 0) break;
      yield* cutter.push(buffer.subarray(0, length));
    }
    yield* cutter.end();
  } finally {
    fs.closeSync(fd);
  }
}
