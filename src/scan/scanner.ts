/**
 * How the records of one kind begin, byte by byte: the byte at `i` fits when it lies in [low[i], high[i]]. A line whose bytes
 * all fit is claimed by the format that the head was derived from, whatever stands behind it.
 */
export interface Head {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/**
 * Finds in a chunk of text what a reader has to look at: where lines end, where wanted literals stand, and which lines do not begin
 * like the others. There are two of these that find exactly the same: one in JavaScript, the reference, and one in WebAssembly.
 *
 * The arrays are views that the next call fills again. Offsets count from the beginning of `bytes`.
 */
export interface Scanner {
  /** Room for a chunk: fill it, then ask about its first `length` bytes. */
  readonly bytes: Buffer;
  /** Offsets of the line feeds. */
  readonly ends: Int32Array;
  /** Offsets at which some literal begins, ascending; of literals that overlap, or begin at one place, perhaps only one. */
  readonly hits: Int32Array;
  /** Numbers of the lines that fit no head and show no plain call, ascending; line 0 begins the chunk. */
  readonly odd: Int32Array;
  /** Of each odd line, in the same order, what is known of the call that it shows: `FACTS` numbers. */
  readonly facts: Int32Array;
  /** Texts one behind the other, and where each ends: see {@link gather}. */
  readonly texts: Uint8Array;
  readonly textEnds: Int32Array;

  /** Finds the line feeds of the first `length` bytes. @returns how many: so many of `ends` hold */
  findEnds(length: number): number;
  /** Finds the literals that lie wholly in the first `length` bytes. @returns how many of `hits` hold */
  findHits(length: number): number;
  /**
   * Tells which of the lines [from, to) fit no head and show no plain call; `findEnds` was asked before. A line that ends in a
   * carriage return fits like any other.
   * @returns how many of `odd` hold
   */
  findOdd(from: number, to: number): number;
  /**
   * Puts the texts of odd lines, without their line ends, one behind the other into `texts`, and where each ends into `textEnds`.
   * @param from the first of them, by its place in `odd`
   * @param to behind the last
   * @returns how many bytes they are
   */
  gather(from: number, to: number): number;
  /** Makes a further head known, which replaces the one that was least of use when there is no more room. */
  addHead(head: Head): void;
  /**
   * Makes known by which rules (`CallRule`, with tags) lines that show system calls are plain, as if they fitted a head; absent: no longer any.
   * Lines of names without a rule are plain.
   */
  knowCalls(rules: ReadonlyMap<string, number> | undefined): void;
  /** Forgets all heads: the next source has other ones. */
  forgetHeads(): void;
}
