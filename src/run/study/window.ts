import { type Around, MOST_LINES } from "./lines-around.js";

/** Sees a source's records one after the other, and notes those around the wanted ones. */
export class AroundWindow {
  readonly found = new Map<number, Around>();
  private readonly last: string[] = [];
  private open: Around[] = [];

  /** @param wanted offsets of records */
  constructor(private readonly wanted: ReadonlySet<number>) {}

  /** Are there wanted records whose neighbours are not all known? */
  get isOpen(): boolean {
    return this.open.length > 0 || this.found.size < this.wanted.size;
  }

  /** Takes the next record. @param text shows it, where that is asked for */
  push(offset: number, text: string): void {
    for (const { after } of this.open) after.push(text);
    this.open = this.open.filter(({ after }) => after.length < MOST_LINES);
    if (this.wanted.has(offset)) {
      const around: Around = { before: [...this.last], after: [] };
      this.found.set(offset, around);
      this.open.push(around);
    }
    this.last.push(text);
    if (this.last.length > MOST_LINES) this.last.shift();
  }
}
