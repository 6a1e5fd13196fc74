import { KERNEL } from "./generated.js";

/** What the kernel exports of packets. */
interface Kernel {
  readPackets(state: number): number;
}

const PAGE = 64 << 10;
/** In the memory's first page. */
const STATE_AT = 1024;
const HEARD_AT = 2048;
const SERVERS_AT = 4096;
const NEWEST_AT = 8192;
const NEWEST = 8192;
/** Behind the bytes of a stretch: what the kernel may load past their end. */
const MARGIN = 64;
/** Packets of which rows are made are hardly smaller, with their records' headers: bytes. More rows than this allows are none of the kernel's. */
const LEAST_BYTES = 40;

/** What host and kernel tell each other: 4 bytes each, at these places (kernel/packets.ts). */
const STATE = {
  BYTES: 0,
  AT: 1,
  END: 2,
  STOP: 3,
  LITTLE: 4,
  NANO: 5,
  HEADER: 6,
  LIMIT: 7,
  LINK_TYPE: 8,
  WANTED: 9,
  ROWS: 10,
  TIMES: 11,
  NEWEST: 12,
  HEARD: 13,
  COUNT: 14,
  PACKETS: 15,
  BEGIN: 16,
  BASE: 17,
  FRAMES: 18,
  FRAME_BYTES: 19,
  MAX_ROWS: 20,
  SERVERS: 21,
  SERVER_COUNT: 28,
  LAST_SERVER: 29,
} as const;
/** Of numbers of 8 bytes: first and last time, and that of the last packet. */
const FROM = 11;
const TO = 12;
const LAST = 13;

/** How a run ended. */
export const RAN = {
  /** Behind the last whole record, or where none begins that is asked for. */
  DONE: 0,
  /** At a packet that must be decoded to know what it is. */
  CLOSER: 1,
  /** At a record that cannot be true, or for which there is no room. */
  ODD: 2,
} as const;

/** How the records of a stretch are headed, and what is wanted of them. */
export interface PacketForm {
  readonly little: boolean;
  readonly nano: boolean;
  /** Bytes of a record's header. */
  readonly header: number;
  /** The most bytes that a record may hold. */
  readonly limit: number;
  readonly linkType: number;
  /** Bits: questions 1, answers 2, handshakes 4, data segments 8, other datagrams 16. */
  readonly wanted: number;
  /** By the flags byte of a TCP segment: 1 where somebody looks at such segments. */
  readonly heard: Uint8Array;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Makes rows of the packets of classic pcap files, in WebAssembly, as decode/packet/scan.ts does for captures of every kind. All it works on lies
 * in its memory: files are read straight into it.
 */
export class PacketKernel {
  /** The bytes of a stretch are to lie here from the beginning. */
  readonly room: Buffer;
  /** The frames of the rows, one behind the other. */
  readonly frames: Buffer;
  /** Numbers and times of the rows. */
  readonly words: Int32Array;
  readonly times: Float64Array;
  /** Packets of the segment that the host has dealt with. */
  stepped = 0;
  private readonly kernel: Kernel;
  private readonly state: Int32Array;
  private readonly numbers: Float64Array;
  private readonly newest: Int32Array;
  private readonly heard: Uint8Array;

  /**
   * @param capacity bytes that a stretch may have, with what its last record has behind it
   * @param rowWords how many numbers a row has
   * @throws where WebAssembly or its SIMD instructions are missing, or there is no memory for it
   */
  constructor(capacity: number, rowWords: number) {
    compiled ??= new WebAssembly.Module(Buffer.from(KERNEL, "base64"));
    const maxRows = Math.ceil(capacity / LEAST_BYTES);
    const roomAt = PAGE;
    const framesAt = roomAt + Math.ceil((capacity + MARGIN) / PAGE) * PAGE;
    const wordsAt = framesAt + Math.ceil((capacity + MARGIN) / PAGE) * PAGE;
    const timesAt = wordsAt + Math.ceil((maxRows * rowWords * 4) / PAGE) * PAGE;
    const pages = Math.ceil((timesAt + maxRows * 8) / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { buffer } = memory;
    this.kernel = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel;
    this.room = Buffer.from(buffer, roomAt, capacity);
    this.frames = Buffer.from(buffer, framesAt, capacity);
    this.words = new Int32Array(buffer, wordsAt, maxRows * rowWords);
    this.times = new Float64Array(buffer, timesAt, maxRows);
    this.state = new Int32Array(buffer, STATE_AT, 32);
    this.numbers = new Float64Array(buffer, STATE_AT, 16);
    this.newest = new Int32Array(buffer, NEWEST_AT, NEWEST);
    this.heard = new Uint8Array(buffer, HEARD_AT, 256);
    const { state } = this;
    state[STATE.BYTES] = roomAt;
    state[STATE.FRAMES] = framesAt;
    state[STATE.ROWS] = wordsAt;
    state[STATE.TIMES] = timesAt;
    state[STATE.NEWEST] = NEWEST_AT;
    state[STATE.HEARD] = HEARD_AT;
    state[STATE.SERVERS] = SERVERS_AT;
    state[STATE.MAX_ROWS] = maxRows;
  }

  /**
   * Begins a segment.
   * @param at where in the room its first record begins, and `stop` from where on records are none of its own
   */
  begin(form: PacketForm, at: number, stop: number): void {
    const { state, numbers } = this;
    this.newest.fill(-1);
    this.heard.set(form.heard);
    state[STATE.AT] = state[STATE.BEGIN] = at;
    state[STATE.STOP] = stop;
    state[STATE.LITTLE] = Number(form.little);
    state[STATE.NANO] = Number(form.nano);
    state[STATE.HEADER] = form.header;
    state[STATE.LIMIT] = form.limit;
    state[STATE.LINK_TYPE] = form.linkType;
    state[STATE.WANTED] = form.wanted;
    state[STATE.COUNT] = state[STATE.PACKETS] = state[STATE.FRAME_BYTES] = 0;
    state[STATE.SERVER_COUNT] = state[STATE.LAST_SERVER] = 0;
    state[STATE.BASE] = 0;
    this.stepped = 0;
    numbers[FROM] = numbers[TO] = numbers[LAST] = Number.NaN;
  }

  /** Reads on, as far as `end` of the room's bytes are there. @returns one of {@link RAN} */
  run(end: number): number {
    this.state[STATE.END] = end;
    return this.kernel.readPackets(STATE_AT);
  }

  /** Where in the room the next record begins. */
  get at(): number {
    return this.state[STATE.AT]!;
  }

  /** Rows so far; packets, those without a row among them; and the bytes of the rows' frames. */
  get rows(): number {
    return this.state[STATE.COUNT]!;
  }

  get packets(): number {
    return this.state[STATE.PACKETS]!;
  }

  get frameBytes(): number {
    return this.state[STATE.FRAME_BYTES]!;
  }

  /** First and last time of the packets, and that of the last one: µs UTC, NaN when there are none. */
  get from(): number {
    return this.numbers[FROM]!;
  }

  get to(): number {
    return this.numbers[TO]!;
  }

  get last(): number {
    return this.numbers[LAST]!;
  }

  /** Puts the frame in [from, to) of the room behind the others. @returns where it lies among them */
  keep(from: number, to: number): number {
    const at = this.frameBytes;
    this.room.copy(this.frames, at, from, to);
    this.state[STATE.FRAME_BYTES] = at + to - from;
    return at;
  }

  /** The host has dealt with the record at {@link at}, which ends at `next`: there are so many rows now. @param time its time, µs UTC */
  step(next: number, rows: number, time: number): void {
    const { state, numbers } = this;
    state[STATE.AT] = next;
    state[STATE.PACKETS]! += 1;
    state[STATE.COUNT] = rows;
    this.stepped++;
    numbers[LAST] = time;
    if (!(time >= this.from)) numbers[FROM] = time;
    if (!(time <= this.to)) numbers[TO] = time;
  }
}
