import { Writable } from "node:stream";
import type { Size } from "../state.js";

/**
 * Puts frames on the screen: of each only the lines that changed, at their places. Ink is given this in place of the terminal, because it would
 * clear a screen that it fills on every change, and what the user's terminal remembers with it.
 */
export class Painter extends Writable {
  /** What Ink asks for the width. */
  columns: number;
  rows: number;
  private shown: string[] = [];

  /** @param write takes what the terminal is told */
  constructor(
    size: Size,
    private readonly out: (text: string) => void,
  ) {
    super({ decodeStrings: false });
    this.columns = size.columns;
    this.rows = size.rows;
  }

  /** Draws everything anew with the next frame. */
  forget(): void {
    this.shown = [];
  }

  resize({ columns, rows }: Size): void {
    this.columns = columns;
    this.rows = rows;
    this.forget();
  }

  /** A frame: lines with nothing but colours in them. */
  override _write(
    frame: string | Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    const text = String(frame);
    // Ink ends with an empty text, or a line feed in CI.
    if (text.trim() !== "") this.paint(text.split("\n").slice(0, this.rows));
    done();
  }

  private paint(lines: readonly string[]): void {
    const anew = this.shown.length === 0;
    let told = anew ? "\x1b[2J" : "";
    for (let row = 0; row < this.rows; row++) {
      const line = lines[row] ?? "";
      if (!anew && line === this.shown[row]) continue;
      if (anew && line === "") continue;
      // Erased first: behind a full line the cursor stands on its last cell.
      told += `\x1b[${row + 1};1H\x1b[K${line}\x1b[0m`;
    }
    this.shown = Array.from({ length: this.rows }, (_, row) => lines[row] ?? "");
    if (told !== "") this.out(told);
  }
}
