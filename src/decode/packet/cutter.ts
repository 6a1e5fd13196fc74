import type { Framer, FramerHost } from "./framer.js";
import { isPcap, PcapFramer } from "./pcap.js";
import { isPcapng, PcapngFramer } from "./pcapng.js";

const NOTHING = Buffer.alloc(0);
/** What it takes to tell the two formats apart and to read a file's header. */
const HEAD_BYTES = 24;
/** Read together with a record that lay in two chunks, so that a search for the next good record moves on by more than a byte. */
const BEHIND = 512;

/**
 * Feeds a capture that comes in chunks of any size to its framer. Memory is bounded by one packet record: the rest of a
 * chunk is read where it lies.
 */
export class RecordCutter {
  /** The bytes of a record that the last chunk has only begun. */
  private pending: Buffer = NOTHING;
  /** File offset of the first byte that the framer is not done with. */
  private base: number;
  private isForeign = false;
  /** Bytes that the framer is done with although they have not come yet. */
  private skip = 0;

  /**
   * @param framer known beforehand when the bytes do not begin with the file's header
   * @param base file offset of the first byte
   */
  constructor(
    private readonly host: FramerHost,
    private framer?: Framer,
    base = 0,
  ) {
    this.base = base;
  }

  /** File offset of the first record that is not read yet; while the framer reads, of the bytes that it got. */
  get position(): number {
    return this.base + this.skip;
  }

  /** How many bytes behind those that were pushed are needed to read the next record, or to know how long it is. */
  get missing(): number {
    return Math.max(1, this.skip > 0 ? this.skip : this.need - this.pending.length);
  }

  /** Bytes that are missing at the end of the last block; 0 when it was not to be skipped. */
  get skipped(): number {
    return this.skip;
  }

  /** Takes the next bytes of the file. The chunk may be overwritten afterwards. */
  push(chunk: Buffer): void {
    if (this.isForeign) return;
    let at = Math.min(this.skip, chunk.length);
    this.skip -= at;
    this.base += at;
    while (this.pending.length > 0 && at < chunk.length) at = this.complete(chunk, at);
    if (at >= chunk.length) return;
    const bytes = at === 0 ? chunk : chunk.subarray(at);
    const used = bytes.length >= this.need ? this.read(bytes) : 0;
    if (used < bytes.length) this.pending = Buffer.from(bytes.subarray(used));
  }

  /** Ends the file: what is cut off there is told to the host. */
  end(): void {
    if (this.framer === undefined) this.read(this.pending);
    const { pending, host } = this;
    this.pending = NOTHING;
    if (this.framer !== undefined) this.framer.end(pending, this.base);
    else if (pending.length > 0 || this.isForeign)
      host.problem(0, "this is neither pcap nor pcapng", "error");
    if (this.skip === 0) return;
    const message = `after packet ${host.nextPacket - 1}: the file ends inside a block, ${this.skip} bytes of it are missing`;
    host.problem(this.base, message, "warning");
  }

  private get need(): number {
    return this.framer?.need ?? HEAD_BYTES;
  }

  /** Completes the pending record from `chunk[at …]`. Gives where the rest of the chunk begins. */
  private complete(chunk: Buffer, at: number): number {
    const held = this.pending.length;
    const more = Math.min(Math.max(1, this.need - held) + BEHIND, chunk.length - at);
    const bytes = Buffer.concat([this.pending, chunk.subarray(at, at + more)]);
    const used = bytes.length >= this.need ? this.read(bytes) : 0;
    if (used < held) {
      this.pending = bytes.subarray(used);
      return at + more;
    }
    // What is left lies in the chunk.
    this.pending = NOTHING;
    return at + used - held;
  }

  /** Has the framer read. Gives how many of the bytes it is done with. */
  private read(bytes: Buffer): number {
    if (this.framer === undefined) {
      if (isPcap(bytes)) this.framer = new PcapFramer(this.host);
      else if (isPcapng(bytes)) this.framer = new PcapngFramer(this.host);
      else {
        this.isForeign ||= bytes.length >= HEAD_BYTES;
        return this.isForeign ? bytes.length : 0;
      }
    }
    const done = this.framer.read(bytes, this.base);
    const used = Math.min(done, bytes.length);
    this.skip = done - used;
    this.base += used;
    return used;
  }
}
