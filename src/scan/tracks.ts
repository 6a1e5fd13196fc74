/**
 * Tracks: how records look that are read again and again, as a program for bytes. A scanner follows lines along them and writes what they tell as
 * rows: no string is made of such a line. Everything here is the same in the kernel (kernel/tracks.ts) and in its reference
 * (track-reference.ts).
 */

/**
 * Steps of a program. Each has four numbers of 4 bytes, the first of them which step it is, and perhaps blocks of 16 bytes behind these. A
 * text that does not fit a step goes on at the last fork, from where it stood there.
 */
export const Op = {
  /** So many bytes, each within a range: of each 16 of them the lowest bytes, then how far above them they may be. */
  PLACES: 0,
  /** So many bytes of a {@link setOf set}, which follows. */
  EXACTLY: 1,
  /** As many bytes of a set as there are: at least, at most, and whether a second set follows, of which the last must be one. */
  RUN: 2,
  /** A place to be noted: its number, and how many bytes back it lies. */
  MARK: 3,
  /** What must not stand here: so many bytes, written as {@link Op.PLACES} are. */
  UNLESS: 4,
  /** Where to go on, counted from the program's beginning, if what follows does not fit. */
  FORK: 5,
  /** If the line ends here it is a record of the track with this number. */
  ACCEPT: 6,
} as const;

/** Bytes of a step without its blocks, and of a block. */
export const STEP = 16;
/** Stands for as many as there are. */
export const ANY_NUMBER = 0x7fffffff;

/**
 * A set of ASCII bytes as a step has it: of each lower half of a byte a bit for each upper half with which the byte is one of the set. (Langdale
 * and Lemire, "Parsing gigabytes of JSON per second", 2019: such a set is looked up for 16 bytes at once.)
 */
export function setOf(members: readonly number[]): Uint8Array {
  const set = new Uint8Array(16);
  for (const byte of members) {
    if (byte > 127) throw new RangeError("sets of tracks are of ASCII bytes");
    set[byte & 15]! |= 1 << (byte >> 4);
  }
  return set;
}

/** What a track has a value from. */
export const From = {
  /** The text between a mark and the one behind it. It must not end with a blank. */
  TEXT: 0,
  /** The decimal number there. */
  NUMBER: 1,
  /** It is the same for all records. */
  NOTHING: 2,
  /** Something that the kernel cannot make of the text there. */
  MADE: 3,
  /** The same, of what stands there up to the first slash behind a URL's `scheme://`. */
  MADE_OF_ORIGIN: 4,
  /** The time stamp there, in the usual form of its kind, as the number that stamps.ts packs. */
  RFC3339: 5,
  SYSLOG: 6,
  HMS: 7,
  EPOCH: 8,
} as const;
export type From = (typeof From)[keyof typeof From];

/** Bounds of a table of tracks. */
export const MOST_TRACKS = 64;
/** Of one track. */
export const MOST_SOURCES = 128;
/** Bytes of a program. */
export const MOST_PROGRAM = 256 << 10;
/** Groups, each of which has two marks. */
export const MOST_GROUPS = 128;

/** All tracks of one format. Plain data; a table that is known never changes. */
export interface TrackTable {
  readonly program: Uint8Array;
  /** By track: for each value what it is {@link From}, and its mark. */
  readonly sources: readonly (readonly (readonly [from: From, mark: number])[])[];
}

/** How a change is noted: the lower bits say how its value is stored, those above which value of the record it is. */
export const Stored = { TEXT: 0, NUMBER: 1, OTHER: 2, BITS: 2 } as const;

/** Rows of a scanner: so many, and of each record's values only those that changed since the row of its track before it. */
export interface TrackRows {
  count: number;
  readonly lines: Int32Array;
  readonly offsets: Float64Array;
  readonly lengths: Int32Array;
  readonly kinds: Uint32Array;
  readonly changed: Uint32Array;
  readonly textLengths: Int32Array;
  changeCount: number;
  readonly changes: Uint32Array;
  textCount: number;
  readonly lengthsOfTexts: Int32Array;
  numberCount: number;
  readonly numbers: Float64Array;
  textBytes: number;
  readonly texts: Uint8Array;
}

/** Room for rows: so many, so many changes, and bytes of text. */
export const MOST_ROWS = 2048;
export const MOST_CHANGES = 8192;
export const MOST_TEXT = 128 << 10;

/** Of a value so many bytes are known again. */
export const KNOWN_BYTES = 112;

/** Why the following of lines ended. */
export const Halt = {
  /** All lines were passed, or somebody must look at this one. */
  LINE: 0,
  /** This line is a record of a track, and has a value that must be made, or is the first of its track: its row is for the caller to write. */
  VALUES: 1,
  /** There is no more room for rows: go on with this line. */
  ROOM: 2,
} as const;
export type Halt = (typeof Halt)[keyof typeof Halt];

/** Follows the lines of the chunk that a scanner holds. */
export interface TrackFollower {
  /** What was written by the last {@link follow}. */
  readonly rows: TrackRows;
  /** Why that ended. */
  readonly halt: Halt;
  /** Line of the last row; -1: there is none. */
  readonly lastRow: number;
  /** Of the line at which it ended for its values: its track, where the marks lie, … */
  readonly track: number;
  readonly marks: Int32Array;
  /** … which values are not those of the row of its track before it (1), and the numbers among them. */
  readonly changed: Uint8Array;
  readonly numbers: Float64Array;

  /**
   * Takes over tracks, and forgets the values of all rows.
   * @param continuing 1 for each byte with which a line may begin that continues a record
   */
  know(table: TrackTable, continuing: Uint8Array): void;
  /** The rows of a track have this kind from now on; -1: the caller writes the next one. */
  setKind(track: number, kind: number): void;
  /**
   * Goes over the lines [from, to). Lines without a literal that fit a head are passed; of those with a literal that are records of a track
   * rows are written. `findEnds`, `findHits` and `findOdd` were asked before. Ask for ever later lines.
   * @param line what is added to the number of a line in its row
   * @param offset what is added to where a line begins
   * @returns the line at which it ended
   */
  follow(from: number, to: number, line: number, offset: number): number;
}
