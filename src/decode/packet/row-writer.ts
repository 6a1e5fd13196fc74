import type { CaptureInterface } from "./framer.js";
import { type Captured, KIND, type Marker, ROW, ROW_WORDS } from "./row.js";

const FIRST_ROWS = 1 << 12;
const FIRST_BYTES = 1 << 18;
/** Frames that lie so near to each other in the file are copied in one go, with what is between them: bytes. */
const NEAR = 128;

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
  /** Words of the row last begun, for the caller to complete. */
  words = new Int32Array(FIRST_ROWS * ROW_WORDS);
  private times = new Float64Array(FIRST_ROWS);
  private frames = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private framesLength = 0;
  /** The run of bytes [runFrom, runTo) of `run` whose copy is still to be made. */
  private run: Buffer | undefined;
  private runFrom = 0;
  private runTo = 0;
  private captures: Captured[] = [];
  private readonly known = new Map<CaptureInterface, Map<string | undefined, number>>();
  private markers: Marker[] = [];
  private capture: CaptureInterface | undefined;
  private direction: string | undefined;
  private captureIndex = 0;

  /** Begins a row: the packet is captured bytes `[from, to)`. @returns where its words begin in `words` */
  begin(
    kind: number,
    bytes: Buffer,
    from: number,
    to: number,
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
    this.times[row] = place.time;
    words[at + ROW.KIND] = kind;
    words[at + ROW.FRAME] = this.frame(bytes, from, to);
    words[at + ROW.CAPTURED] = to - from;
    words[at + ROW.ORIGINAL] = original;
    words[at + ROW.PACKET] = place.packet;
    words[at + ROW.OFFSET] = place.offset;
    words[at + ROW.LENGTH] = place.length;
    words[at + ROW.CAPTURE] = (this.captureIndex << 16) | place.ns;
    return at;
  }

  /** A row without a frame that says that packets were dropped. */
  mark(place: RowPlace, dropped: number, name: string | undefined): void {
    this.markers.push({ row: this.length, dropped, name });
    this.begin(KIND.MARKER, this.frames, 0, 0, 0, place, NO_CAPTURE, undefined);
  }

  /** Copies what is due: the buffer that the frames lie in is filled anew after this. */
  flush(): void {
    const { run } = this;
    if (run === undefined) return;
    run.copy(this.frames, this.framesLength, this.runFrom, this.runTo);
    this.framesLength += this.runTo - this.runFrom;
    this.run = undefined;
  }

  /** The rows so far, in arrays of their own; what follows begins anew. */
  take(): Rows {
    this.flush();
    const { length, captures, markers } = this;
    const frames = Buffer.allocUnsafeSlow(this.framesLength);
    this.frames.copy(frames, 0, 0, this.framesLength);
    const rows = {
      length,
      times: this.times.slice(0, length),
      words: this.words.slice(0, length * ROW_WORDS),
      frames,
      captures,
      markers,
    };
    this.length = 0;
    this.framesLength = 0;
    this.captures = [];
    this.known.clear();
    this.markers = [];
    this.capture = undefined;
    return rows;
  }

  /** Where the frame will lie in `frames`. */
  private frame(bytes: Buffer, from: number, to: number): number {
    if (this.run === bytes && from - this.runTo <= NEAR && from >= this.runTo) {
      this.runTo = to;
    } else {
      this.flush();
      this.run = bytes;
      this.runFrom = from;
      this.runTo = to;
    }
    const at = this.framesLength + from - this.runFrom;
    this.room(at + to - from);
    return at;
  }

  private room(bytes: number): void {
    if (bytes <= this.frames.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes, this.frames.length * 2));
    this.frames.copy(larger, 0, 0, this.framesLength);
    this.frames = larger;
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
