import type { Fields } from "../../model/event.js";

/** A record's place in the text as it lies on disk, and what the text says about it. */
export interface Original {
  /** Lines before it. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly about: Fields | undefined;
}

/** So many forgotten lines are kept before memory is given back. */
const SLACK = 4096;

/** Where the lines of a peeled text lie in the original: for those that are still of interest. */
export class LineMap {
  /** Number of the first line that is remembered, and how many rows before it are still in memory. */
  private first = 0;
  private gone = 0;
  /** Where the original goes on behind all lines that were added. */
  end = { line: 0, offset: 0 };
  /** Of each line: where it begins in the peeled text; in the original, where it begins and ends, and its number. */
  private at: number[] = [];
  private from: number[] = [];
  private to: number[] = [];
  private number: number[] = [];
  private about: (Fields | undefined)[] = [];

  add(at: number, from: number, to: number, number: number, about: Fields | undefined): void {
    this.at.push(at);
    this.from.push(from);
    this.to.push(to);
    this.number.push(number);
    this.about.push(about);
  }

  /** The line that was added last goes on to there. */
  extend(to: number): void {
    this.to[this.to.length - 1] = to;
  }

  /** Where a record of the peeled text lies, whose first line has this number there. */
  locate(line: number, offset: number, length: number): Original {
    const row = line - this.first + this.gone;
    const from = this.from[row];
    if (from === undefined) return { ...this.end, length: 0, about: undefined };
    let last = row;
    while (last + 1 < this.at.length && this.at[last + 1]! < offset + length) last++;
    const inside = offset - this.at[row]!;
    return {
      line: this.number[row]!,
      offset: Math.min(from + inside, this.to[row]!),
      length: this.to[last]! - from - inside,
      about: this.about[row],
    };
  }

  /** Lines before this one are asked for no more. */
  forget(line: number): void {
    this.gone += line - this.first;
    this.first = line;
    if (this.gone < SLACK) return;
    for (const column of [this.at, this.from, this.to, this.number, this.about]) column.splice(0, this.gone);
    this.gone = 0;
  }
}
