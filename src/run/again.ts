import { openPlain, type RandomAccess } from "../evidence/random.js";
import { reasonOf } from "../evidence/walk.js";

const NOTHING = Buffer.alloc(0);

/** Reads parts of a plain file a second time, while it is analysed. It is opened when it is needed. */
export class SecondReading {
  private opened: RandomAccess | undefined;
  private failed = false;

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

  /** Reads so many bytes from an offset on; none where they are not there any more. */
  readonly read = (offset: number, length: number): Buffer => {
    try {
      this.opened ??= openPlain(this.file);
      const bytes = Buffer.allocUnsafe(length);
      if (this.opened.read(bytes, this.bom + offset) === length) return bytes;
      this.miss("it has become shorter");
    } catch (error) {
      this.miss(reasonOf(error));
    }
    return NOTHING;
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

  private miss(reason: string): void {
    if (!this.failed) this.missed(reason);
    this.failed = true;
  }
}
