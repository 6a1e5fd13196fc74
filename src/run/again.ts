import { openPlain, type RandomAccess } from "../evidence/random.js";
import { reasonOf } from "../evidence/walk.js";

const NOTHING = Buffer.alloc(0);

/** What is asked for so near behind what was asked for before is read with as much of what follows: bytes. */
const NEAR = 4 << 10;
const WINDOW = 32 << 10;

/** Reads parts of a plain file a second time, while it is analysed. It is opened when it is needed. */
export class SecondReading {
  private opened: RandomAccess | undefined;
  private failed = false;
  /** The bytes that were read last, where they begin, and how many they are. */
  private bytes = NOTHING;
  private from = 0;
  private held = 0;

  /**
   * @param file its absolute path
   * @param bom bytes of byte order mark: offsets count from behind it
   * @param missed is told, once, why something could not be read
   */
  constructor(
    private readonly file: string,
    private readonly bom: number,
    private readonly missed: (reason: string) => void,
  ) {}

  /** Reads so many bytes from an offset on; none where they are not there any more. They are good until the next call. */
  readonly read = (offset: number, length: number): Buffer => {
    if (offset < this.from || offset + length > this.from + this.held) this.fill(offset, length);
    const at = offset - this.from;
    return at + length <= this.held ? this.bytes.subarray(at, at + length) : NOTHING;
  };

  /** Gives what is taken while the file may be read again, and closes it behind that. */
  async *during<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* parts;
    } finally {
      this.opened?.close();
      this.opened = undefined;
    }
  }

  private fill(offset: number, length: number): void {
    const ahead = offset - (this.from + this.held);
    const most = this.held > 0 && ahead >= -WINDOW && ahead <= NEAR ? Math.max(length, WINDOW) : length;
    if (this.bytes.length < most) this.bytes = Buffer.allocUnsafe(most);
    this.from = offset;
    this.held = 0;
    try {
      this.opened ??= openPlain(this.file);
      this.held = this.opened.read(this.bytes.subarray(0, most), this.bom + offset);
      if (this.held < length) this.miss("it has become shorter");
    } catch (error) {
      this.miss(reasonOf(error));
    }
  }

  private miss(reason: string): void {
    if (!this.failed) this.missed(reason);
    this.failed = true;
  }
}
