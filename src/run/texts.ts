/** Texts of one source's records: latin1, by offset in the source's decoded bytes. */
export type Texts = ReadonlyMap<number, string>;

/** So much text is held for all sources together, in characters of one byte. */
const MOST = 16 << 20;

/**
 * Texts of records that a report may quote, of sources that can't be read again at a place. Others are read again from their beginning
 * when a report quotes them: nothing but time depends on what is held here.
 */
export class HeldTexts {
  private readonly sources = new Map<number, Map<number, string>>();
  private room = MOST;

  /** Holds the text of a source's record, if there is room. */
  hold(source: number, offset: number, text: string): void {
    if (text.length > this.room) return;
    this.room -= text.length;
    let texts = this.sources.get(source);
    if (!texts) this.sources.set(source, (texts = new Map()));
    texts.set(offset, text);
  }

  of(source: number): Texts | undefined {
    return this.sources.get(source);
  }
}
