import { HORIZON, type RecordFramer } from "./framer.js";
import type { ScannedLines } from "./lines.js";
import { TextWindow } from "./window.js";

/** Frames records in a chunk of bytes, of which only as much is made text as that takes. Places are those of the chunk. */
export class WindowFramer {
  private readonly window: TextWindow;

  /** @param framer has the last record; its end is that in the chunk */
  constructor(
    bytes: Buffer,
    private readonly lines: ScannedLines,
    private readonly framer: RecordFramer,
  ) {
    this.window = new TextWindow(bytes);
  }

  /** The chunk's bytes have changed. */
  forget(): void {
    this.window.forget();
  }

  /**
   * Takes a line as a record of the main format.
   * @param filled how many bytes of the chunk hold
   */
  know(at: number, lineEnd: number, filled: number): void {
    const { window, framer } = this;
    window.cover(at, lineEnd, filled);
    framer.known(window.text, at - window.from, lineEnd - window.from);
    framer.end += window.from;
  }

  /** Finds who claims the record at `at`, which begins the line, and where it ends. False: more bytes are needed. */
  frame(line: number, at: number, filled: number, final: boolean): boolean {
    const { lines, window, framer } = this;
    const limit = Math.min(filled, at + HORIZON);
    const isClosed = final || limit === at + HORIZON;
    // The next line tells whether the record goes on.
    let need = Math.min(limit, lines.end(line + 1) + 1);
    for (;;) {
      window.cover(at, need, limit);
      const { text, from, to } = window;
      const shown = to > limit ? text.slice(0, limit - from) : text;
      if (framer.frame(shown, at - from, lines.end(line) - from, isClosed && to >= limit)) {
        framer.end += from;
        return true;
      }
      if (to >= limit) return false;
      need = Math.min(limit, at + 2 * (to - at));
    }
  }
}
