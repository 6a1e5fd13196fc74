/** Places of a table of names. */
export const PLACES = 256;
/** Bytes of a place: a name of at most one less, zeros, and in the last byte what the name stands for. */
export const PLACE = 16;

/** Some names, found by their bytes: no string is made of a name. The kernel reads the same table. */
export class Names {
  readonly table = new Uint8Array(PLACES * PLACE);

  /** @param names of 1 to 15 bytes, fewer than {@link PLACES}, and what each stands for: 0 to 255 */
  constructor(names: ReadonlyMap<string, number>) {
    for (const [name, meaning] of names) {
      const bytes = Buffer.from(name, "latin1");
      let place = placeOf(bytes.reduce(nextHash, 0));
      while (this.table[place] !== 0) place = (place + PLACE) % this.table.length;
      this.table.set(bytes, place);
      this.table[place + PLACE - 1] = meaning;
    }
  }

  /**
   * What the name in bytes[from, to) stands for; 0 when it is none of these.
   * @param hash of the name, by {@link nextHash}
   */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const { table } = this;
    if (to - from >= PLACE) return 0;
    for (let place = placeOf(hash); table[place] !== 0; place = (place + PLACE) % table.length) {
      let i = 0;
      while (from + i < to && table[place + i] === bytes[from + i]) i++;
      if (from + i === to && (i === PLACE - 1 || table[place + i] === 0)) return table[place + PLACE - 1]!;
    }
    return 0;
  }
}

/** The hash of a name with one more byte behind it; 0 is that of none. */
export const nextHash = (hash: number, byte: number): number => (Math.imul(hash, 31) + byte) | 0;

const placeOf = (hash: number) => (hash & (PLACES - 1)) * PLACE;
