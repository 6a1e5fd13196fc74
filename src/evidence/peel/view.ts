import { LineMap } from "./line-map.js";
import { About, type Turn } from "./peeler.js";
import { type Peel, peelerNamed } from "./peelers.js";
import { type Proof, Rejoiner } from "./rejoin.js";
import type { ShownLine } from "./shown-line.js";

/** Longer lines are passed on as they come: nobody reads them, and they must not fill the memory. */
const LONGEST = 1 << 20;

/**
 * A text without what was put around its lines after they were written. Bytes go in and come out, in chunks of any size; every line stays a line, unless
 * broken ones are joined again; {@link map} says where each lies in the original.
 */
export class PeeledText {
  readonly map = new LineMap();
  private readonly about = new About();
  private readonly turns: readonly Turn[];
  private readonly rejoiner: Rejoiner | undefined;
  /** The line that has not ended. */
  private rest = "";
  /** In the middle of a line that is longer than any record. */
  private isLong = false;
  /** Offset and number of the first byte and line of `rest`, and bytes given. */
  private offset = 0;
  private line = 0;
  private given = 0;
  private out = "";

  /** @param proof tells which joined lines are records; without it none are joined */
  constructor(peel: Peel, proof?: Proof) {
    this.turns = peel.layers.map((name) => peelerNamed(name).begin(this.about));
    if (peel.width !== undefined && proof) this.rejoiner = new Rejoiner(peel.width, proof);
  }

  /** Takes the next bytes and gives what is ready. */
  push(chunk: Buffer): Buffer {
    const text = this.rest + chunk.toString("latin1");
    let at = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", at)) {
      this.take(text.slice(at, end), true);
      at = end + 1;
    }
    this.rest = text.slice(at);
    if (this.isLong || this.rest.length > LONGEST) this.passOn();
    return this.ready();
  }

  /** Nothing follows. */
  end(): Buffer {
    if (this.rest !== "") this.take(this.rest, false);
    this.rest = "";
    this.settle(this.rejoiner?.end());
    return this.ready();
  }

  private ready(): Buffer {
    const bytes = Buffer.from(this.out, "latin1");
    this.out = "";
    const held = this.rejoiner?.pending;
    this.map.end = held ? { line: held.line, offset: held.from } : { line: this.line, offset: this.offset };
    return bytes;
  }

  private take(raw: string, isEnded: boolean): void {
    const { offset, line } = this;
    const to = offset + raw.length;
    this.offset = to + (isEnded ? 1 : 0);
    this.line++;
    const end = isEnded ? "\n" : "";
    if (this.isLong) {
      this.isLong = false;
      this.map.extend(to);
      this.give(raw + end);
      return;
    }
    let text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    for (const turn of this.turns) text = turn(text);
    const shown = { text, end, from: offset, to, line, about: this.about.fields };
    if (!this.rejoiner) this.settle([shown]);
    else this.settle(this.rejoiner.take(shown));
  }

  private settle(lines: readonly ShownLine[] | undefined): void {
    for (const { text, end, from, to, line, about } of lines ?? []) {
      this.map.add(this.given, from, to, line, about);
      this.give(text + end);
    }
  }

  /** What of a very long line is there goes on unchanged. */
  private passOn(): void {
    if (!this.isLong) {
      this.settle(this.rejoiner?.end());
      this.map.add(this.given, this.offset, this.offset, this.line, this.about.fields);
    }
    this.isLong = true;
    this.offset += this.rest.length;
    this.map.extend(this.offset);
    this.give(this.rest);
    this.rest = "";
  }

  private give(text: string): void {
    this.out += text;
    this.given += text.length;
  }
}
