import type { CaptureInterface, CaptureNote } from "./framer.js";
import { type Captured, KIND, type Marker, ROW, ROW_WORDS } from "./row.js";

const FIRST_ROWS = 1 << 12;
/** Frames that lie so near to each other are copied in one go, with what is between them: bytes. */
const NEAR = 64;
/** Where less than this part of the bytes is wanted, the frames are copied: what nobody wants is not to stay in memory. */
const SPARSE = 1 / 4;

const NO_CAPTURE: CaptureInterface = { linkType: -1, name: undefined };

/** The rows of one segment: what {@link RowWriter} gives. */
export interface Rows {
  length: number;
  times: Float64Array;
  words: Int32Array;
  frames: Buffer;
  captures: Captured[];
  markers: Marker[];
}

/** The row in hand, all numbers but those of DNS. */
export interface RowPlace {
  time: number;
  ns: number;
  packet: number;
  offset: number;
  length: number;
}

/** Collects rows in arrays that grow, and are used again for the next segment. */
export class RowWriter {
  length = 0;
  /** Words of the rows; those of DNS are the caller's to fill in. */
  words: Int32Array;
  private times: Float64Array;
  private frameBytes = 0;
  private captures: Captured[] = [];
  private readonly known = new Map<CaptureInterface, Map<string | undefined, number>>();
  private markers: Marker[] = [];
  private capture: CaptureInterface | undefined;
  private direction: string | undefined;
  private captureIndex = 0;

  /** @param room where rows are to be written first */
  constructor(room?: { readonly words: Int32Array; readonly times: Float64Array }) {
    this.words = room?.words ?? new Int32Array(FIRST_ROWS * ROW_WORDS);
    this.times = room?.times ?? new Float64Array(FIRST_ROWS);
  }

  /**
   * Begins a row.
   * @param frame where the packet's captured bytes begin in the bytes that {@link take} will get
   * @param captured how many they are, and `original` how many they were on the wire
   * @returns where its words begin in `words`
   */
  begin(
    kind: number,
    frame: number,
    captured: number,
    original: number,
    place: RowPlace,
    capture: CaptureInterface,
    direction: string | undefined,
  ): number {
    if (this.length === this.times.length) this.grow();
    const row = this.length++;
    const at = row * ROW_WORDS;
    const { words } = this;
    if (capture !== this.capture || direction !== this.direction) this.enterCapture(capture, direction);
    this.frameBytes += captured;
    this.times[row] = place.time;
    words[at + ROW.KIND] = kind;
    words[at + ROW.FRAME] = frame;
    words[at + ROW.CAPTURED] = captured;
    words[at + ROW.ORIGINAL] = original;
    words[at + ROW.PACKET] = place.packet;
    words[at + ROW.OFFSET] = place.offset;
    words[at + ROW.LENGTH] = place.length;
    words[at + ROW.CAPTURE] = (this.captureIndex << 16) | place.ns;
    return at;
  }

  /** A row without a frame: what the capture says beside its packets. */
  mark(place: RowPlace, note: CaptureNote): void {
    this.markers.push({ row: this.length, note });
    this.begin(KIND.MARKER, 0, 0, 0, place, NO_CAPTURE, undefined);
  }

  /** Others have written rows of one capture behind its own, so that there are `length` now. */
  adopt(length: number, capture: CaptureInterface): void {
    this.length = length;
    if (length > 0) this.enterCapture(capture, undefined);
  }

  /**
   * The rows so far, in arrays of their own; what follows begins anew.
   * @param bytes what their frames lie in. The rows keep it, unless most of it is of no interest: then it may be used again.
   */
  take(bytes: Buffer): Rows {
    const isSparse = this.frameBytes < bytes.length * SPARSE;
    return this.takeWith((words) => (isSparse ? packed(words, this.length, bytes) : bytes));
  }

  /** The same with a copy of the bytes, of which nothing is to be left out. */
  takeCopied(bytes: Buffer): Rows {
    return this.takeWith(() => {
      const frames = Buffer.allocUnsafeSlow(bytes.length);
      bytes.copy(frames);
      return frames;
    });
  }

  private takeWith(framesOf: (words: Int32Array) => Buffer): Rows {
    const { length, captures, markers } = this;
    const words = this.words.slice(0, length * ROW_WORDS);
    const frames = framesOf(words);
    const rows = { length, times: this.times.slice(0, length), words, frames, captures, markers };
    this.clear();
    return rows;
  }

  /** Forgets the rows so far. */
  clear(): void {
    this.length = 0;
    this.frameBytes = 0;
    this.captures = [];
    this.known.clear();
    this.markers = [];
    this.capture = undefined;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    const words = new Int32Array(this.words.length * 2);
    times.set(this.times);
    words.set(this.words);
    this.times = times;
    this.words = words;
  }

  private enterCapture(capture: CaptureInterface, direction: string | undefined): void {
    this.capture = capture;
    this.direction = direction;
    let known = this.known.get(capture);
    if (known === undefined) this.known.set(capture, (known = new Map()));
    let index = known.get(direction);
    if (index === undefined) {
      index = this.captures.push({ linkType: capture.linkType, name: capture.name, direction }) - 1;
      known.set(direction, index);
    }
    this.captureIndex = index;
  }
}

/** Copies the frames next to each other, those that lie near together in one go. */
function packed(words: Int32Array, length: number, bytes: Buffer): Buffer {
  const runs: [from: number, to: number][] = [];
  let size = 0;
  for (let row = 0; row < length; row++) {
    const at = row * ROW_WORDS;
    const from = words[at + ROW.FRAME]!;
    const to = from + words[at + ROW.CAPTURED]!;
    const run = runs.at(-1);
    if (run !== undefined && from >= run[1] && from - run[1] <= NEAR) {
      size += to - run[1];
      run[1] = to;
    } else if (to > from) {
      runs.push([from, to]);
      size += to - from;
    }
    words[at + ROW.FRAME] = size - (to - from);
  }
  const frames = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const [from, to] of runs) at += bytes.copy(frames, at, from, to);
  return frames;
}
