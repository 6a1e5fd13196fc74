import type { Extent, Start } from "../../decode/segment.js";
import type { SegmentCache } from "./store.js";

/** A file whose segments may be kept. */
export interface KeptFile<Segment extends Extent> {
  file: string;
  /** Decides how it is read: plain data. */
  how: unknown;
  /** Offset of the first record, in bytes. */
  first: number;
  /** Reads the file's segments from where a record begins. */
  read: (start: Start) => AsyncIterable<Segment> & { prepare?(): void };
  /** It can only be read from its beginning: of a damaged entry nothing is given. */
  inOneGo?: boolean;
  /** Is told of bytes that need not be read. */
  spared?: ((bytes: number) => void) | undefined;
}

/**
 * The segments of a file in order: those that an earlier analysis kept, else those that are read now, which are kept. From where an
 * entry proves to be damaged the file is read.
 */
export class KeptSegments<Segment extends Extent> implements AsyncIterable<Segment> {
  private readonly key: string;
  private readonly mayBeKept: boolean;
  /** Reads the whole file. */
  private readonly whole: AsyncIterable<Segment> & { prepare?(): void };

  constructor(
    private readonly cache: SegmentCache,
    private readonly of: KeptFile<Segment>,
  ) {
    this.key = cache.keyOf(of.how);
    this.mayBeKept = cache.mayHave(this.key);
    this.whole = of.read({ at: of.first });
  }

  /** Has the first stretch read when somebody has time, unless it need not be. */
  prepare(): void {
    if (!this.mayBeKept) this.whole.prepare?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Segment> {
    const sha256 = this.mayBeKept ? await this.digest() : undefined;
    const entry = sha256 === undefined ? undefined : this.open(sha256);
    if (entry) yield* this.kept(entry, sha256!);
    else yield* this.fresh();
  }

  private open(sha256: string): Generator<Segment, boolean> | undefined {
    const { cache, key, of } = this;
    if (of.inOneGo && !cache.isWhole(key, sha256)) return undefined;
    return cache.open(key, sha256, of.inOneGo) as Generator<Segment, boolean> | undefined;
  }

  private async *kept(entry: Generator<Segment, boolean>, sha256: string): AsyncGenerator<Segment> {
    const { first, read, spared } = this.of;
    let end = first;
    let open: Extent["open"];
    try {
      for (let next = entry.next(); ; next = entry.next()) {
        if (next.done) {
          if (next.value) return;
          break;
        }
        const segment = next.value;
        spared?.(segment.end - end);
        ({ end, open } = segment);
        yield segment;
      }
    } finally {
      entry.return(true);
    }
    this.cache.remove(this.key, sha256);
    if (this.of.inOneGo && end > first)
      throw new Error("its entry in the cache was damaged just now; analyse it again");
    yield* end === first ? this.fresh() : read({ at: end, open });
  }

  private async *fresh(): AsyncGenerator<Segment> {
    const keeper = this.cache.keep(this.key, this.of.file);
    try {
      for await (const segment of this.whole) {
        keeper?.add(segment);
        yield segment;
      }
      keeper?.complete();
    } finally {
      keeper?.discard();
    }
  }

  private async digest(): Promise<string | undefined> {
    try {
      return await this.cache.digest(this.of.file);
    } catch {
      // Whoever reads the file, or notes its SHA-256, tells what is wrong with it.
      return undefined;
    }
  }
}
