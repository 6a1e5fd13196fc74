import type { TrackFollower } from "./tracks.js";

/**
 * How the records of one kind begin, byte by byte: the byte at `i` fits when it lies in [low[i], high[i]]. A line whose bytes
 * all fit is claimed by the format that the head was derived from, whatever stands behind it.
 */
export interface Head {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/** So many rows can be gathered at once. The kernel has the same number. */
export const GATHERED = 2048;

/** Columns that {@link Scanner.gather} fills, of {@link GATHERED} rows: of each line its number, its offset, its length up to the line feed, and where its text ends. */
export interface GatheredRows {
  readonly lines: Int32Array;
  readonly offsets: Float64Array;
  readonly lengths: Int32Array;
  readonly ends: Int32Array;
}

/** What is added to what is gathered: the number of the chunk's first line, the offset of its first byte, and where the first text goes. */
export interface Gathering {
  readonly line: number;
  readonly offset: number;
  readonly text: number;
}

/** A table that has no byte: 1 would stand for each that it has. */
export const NO_BYTES: Uint8Array = new Uint8Array(256);

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
  /** Texts one behind the other, and the rows that they are of: see {@link gather}. */
  readonly texts: Uint8Array;
  readonly rows: GatheredRows;
  /** Reads records that are like others. */
  readonly tracks: TrackFollower;

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
   * Tells in `rows` where odd lines lie, and puts their texts, without their line ends, one behind the other into `texts`.
   * @param from the first of them, by its place in `odd`
   * @param to behind the last, at most {@link GATHERED} of them
   * @param all also the texts of calls that are noted as brief; else these are empty
   * @returns how many bytes the texts are
   */
  gather(from: number, to: number, first: Gathering, all: boolean): number;
  /**
   * How many odd lines there are from one on, all before the line `most`, that certainly show calls, where neither they nor the lines behind
   * them may go on with the line before.
   * @param from the first of them, by its place in `odd`
   * @param to behind the last
   */
  countCalls(from: number, to: number, most: number): number;
  /** Makes a further head known, which replaces the one that was least of use when there is no more room. */
  addHead(head: Head): void;
  /**
   * Makes known by which rules (`CallRule`, with tags) lines that show system calls are plain, as if they fitted a head; absent: no longer any.
   * Lines of names without a rule are plain.
   * @param continuing 1 for each byte with which a line may begin that goes on with the one before; absent: for none
   */
  knowCalls(rules: ReadonlyMap<string, number> | undefined, continuing?: Uint8Array): void;
  /** Forgets all heads: the next source has other ones. */
  forgetHeads(): void;
}
