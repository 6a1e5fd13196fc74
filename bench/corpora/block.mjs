// Corpora are written block by block: a block holds some ten thousand distinct records, made once; for each copy of it only the
// stamps (and what else must differ) are written again, in place. So a gigabyte takes seconds, and no two records are equal.

/** Bytes that grow, with the places that change from copy to copy. */
export class Block {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #places = [];
  #ends = [];
  #rendered;
  length = 0;
  /** How long its records take, µs: so much later the next copy begins. */
  span = 0;

  /** Adds a text (latin1) or bytes. */
  add(part) {
    const bytes = typeof part === "string" ? Buffer.from(part, "latin1") : part;
    this.#reserve(bytes.length);
    bytes.copy(this.#bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  /**
   * Adds a place that differs in each copy.
   * @param writer `{ length, write(bytes, at, us, copy) }`, as in stamps.mjs
   * @param us since the block's beginning
   */
  place(writer, us) {
    this.#reserve(writer.length);
    this.#places.push({ at: this.length, us, writer });
    this.length += writer.length;
    this.span = Math.max(this.span, us);
    return this;
  }

  /** A record ends here: a corpus is cut at such places only. */
  end() {
    this.#ends.push(this.length);
  }

  #reserve(more) {
    while (this.length + more > this.#bytes.length) {
      const wider = Buffer.allocUnsafe(this.#bytes.length * 2);
      this.#bytes.copy(wider, 0, 0, this.length);
      this.#bytes = wider;
    }
  }

  /** Its bytes as of `us` (since 1970, UTC), the `copy`th time; good until the next call. */
  render(us, copy) {
    this.#rendered ??= this.#bytes.subarray(0, this.length);
    for (const { at, us: after, writer } of this.#places) writer.write(this.#rendered, at, us + after, copy);
    return this.#rendered;
  }

  /** Where the last record ends that fits into `bytes`. */
  cut(bytes) {
    let end = 0;
    for (const one of this.#ends) if (one <= bytes) end = one;
    return end;
  }
}
