import { displayWidth } from "../../report/width.js";
import { type Line, type Span, type Style, span } from "../line.js";

/** A row of the picture while it is drawn, cell by cell. What lies beyond its ends is not drawn. */
export class Cells {
  private readonly chars: string[];
  private readonly looks: (readonly Style[])[];

  constructor(readonly width: number) {
    this.chars = Array<string>(width).fill(" ");
    this.looks = Array<readonly Style[]>(width).fill([]);
  }

  put(column: number, char: string, ...styles: Style[]): void {
    if (column < 0 || column >= this.width) return;
    this.chars[column] = char;
    this.looks[column] = styles;
  }

  fill(from: number, to: number, char: string, ...styles: Style[]): void {
    for (let column = Math.max(0, from); column <= Math.min(to, this.width - 1); column++)
      this.put(column, char, ...styles);
  }

  /** Harmless text, a cell for each character; texts with wider ones are left out rather than shifting what follows. */
  write(column: number, text: string, ...styles: Style[]): void {
    const chars = [...text];
    if (displayWidth(text) !== chars.length) return;
    for (const [i, char] of chars.entries()) this.put(column + i, char, ...styles);
  }

  add(column: number, style: Style): void {
    if (column >= 0 && column < this.width) this.looks[column] = [...this.looks[column]!, style];
  }

  /** Changes the look of a cell and leaves its sign. */
  look(column: number, ...styles: Style[]): void {
    if (column >= 0 && column < this.width) this.looks[column] = styles;
  }

  isFree(column: number): boolean {
    return this.chars[column] === " ";
  }

  /** The row as a line: cells of one look together. */
  line(): Line {
    const spans: Span[] = [];
    let from = 0;
    for (let i = 1; i <= this.width; i++) {
      const same = i < this.width && this.looks[i]!.join() === this.looks[from]!.join();
      if (same) continue;
      spans.push(span(this.chars.slice(from, i).join(""), ...this.looks[from]!));
      from = i;
    }
    return spans;
  }
}
