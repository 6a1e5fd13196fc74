import {
  MOST_CHANGES,
  MOST_GROUPS,
  MOST_PROGRAM,
  MOST_ROWS,
  MOST_SOURCES,
  MOST_TEXT,
  MOST_TRACKS,
  STEP,
  type TrackRows,
} from "./tracks.js";

/** Bytes of what is known of one value: how long it is, and its bytes, or its number. */
const KNOWN = 128;
/** What the kernel loads or stores behind the end of a part. */
const SLACK = 64;

/**
 * Where what belongs to tracks lies: bytes of each part, in the order in which the kernel takes their addresses (kernel/track-memory.ts).
 * Of `told`, `sources` and `tracks` each number has 4 bytes.
 */
const PARTS = {
  told: 64,
  marks: 2 * MOST_GROUPS * 4,
  changed: MOST_SOURCES,
  values: MOST_SOURCES * 8,
  continuing: 256,
  /** Of each track: which of all sources is its first, how many it has, and its rows' kind. */
  tracks: MOST_TRACKS * 3 * 4,
  /** Of each source what it is from, and its mark. */
  sources: MOST_TRACKS * MOST_SOURCES * 2 * 4,
  program: MOST_PROGRAM + 2 * STEP,
  known: MOST_TRACKS * MOST_SOURCES * KNOWN,
  lines: MOST_ROWS * 4,
  offsets: MOST_ROWS * 8,
  lengths: MOST_ROWS * 4,
  kinds: MOST_ROWS * 4,
  changedOf: MOST_ROWS * 4,
  textLengths: MOST_ROWS * 4,
  changes: MOST_CHANGES * 4,
  lengthsOfTexts: MOST_CHANGES * 4,
  numbers: MOST_CHANGES * 8,
  texts: MOST_TEXT + SLACK,
} as const;

type Part = keyof typeof PARTS;

/** The parts' addresses come first. */
const HEADER = 128;

/** Bytes of all parts together. */
export const TRACK_BYTES = HEADER + Object.values(PARTS).reduce((sum, bytes) => sum + bytes, 0);

/** Where each part begins, from the beginning of all of them. */
function placesOf(): Record<Part, number> {
  let at = HEADER;
  const places: Partial<Record<Part, number>> = {};
  for (const [part, bytes] of Object.entries(PARTS)) {
    places[part as Part] = at;
    at += bytes;
  }
  return places as Record<Part, number>;
}

export type TrackMemory = ReturnType<typeof trackMemory>;

/**
 * The parts, as they lie in a memory, which is made to say where each does.
 * @param begin where {@link TRACK_BYTES} of it are theirs: a multiple of 16
 */
export function trackMemory(buffer: ArrayBufferLike, begin: number) {
  const places = placesOf();
  const at = (part: Part) => begin + places[part];
  new Uint32Array(buffer, begin, HEADER / 4).set((Object.keys(PARTS) as Part[]).map(at));
  const rows: TrackRows = {
    count: 0,
    lines: new Int32Array(buffer, at("lines"), MOST_ROWS),
    offsets: new Float64Array(buffer, at("offsets"), MOST_ROWS),
    lengths: new Int32Array(buffer, at("lengths"), MOST_ROWS),
    kinds: new Uint32Array(buffer, at("kinds"), MOST_ROWS),
    changed: new Uint32Array(buffer, at("changedOf"), MOST_ROWS),
    textLengths: new Int32Array(buffer, at("textLengths"), MOST_ROWS),
    changeCount: 0,
    changes: new Uint32Array(buffer, at("changes"), MOST_CHANGES),
    textCount: 0,
    lengthsOfTexts: new Int32Array(buffer, at("lengthsOfTexts"), MOST_CHANGES),
    numberCount: 0,
    numbers: new Float64Array(buffer, at("numbers"), MOST_CHANGES),
    textBytes: 0,
    texts: new Uint8Array(buffer, at("texts"), MOST_TEXT),
  };
  return {
    rows,
    told: new Int32Array(buffer, at("told"), 8),
    marks: new Int32Array(buffer, at("marks"), 2 * MOST_GROUPS),
    changed: new Uint8Array(buffer, at("changed"), MOST_SOURCES),
    values: new Float64Array(buffer, at("values"), MOST_SOURCES),
    continuing: new Uint8Array(buffer, at("continuing"), 256),
    tracks: new Int32Array(buffer, at("tracks"), 3 * MOST_TRACKS),
    sources: new Int32Array(buffer, at("sources"), MOST_TRACKS * MOST_SOURCES * 2),
    program: new Uint8Array(buffer, at("program"), MOST_PROGRAM),
  };
}
