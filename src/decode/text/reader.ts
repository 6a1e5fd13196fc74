import type { Grammar } from "../../grammar/types.js";
import type { Event } from "../../model/event.js";
import { TextAssembly } from "./assembly.js";
import { type Detection, mainFormat } from "./claim.js";
import type { Composer, RawRecord } from "./compose.js";
import { type LateReader, lateReader } from "./late.js";
import { RecordReader } from "./record-reader.js";
import type { Claim } from "./record-taker.js";
import {
  borrowScanner,
  capacityFor,
  type Equipment,
  returnScanner,
  type SharedScanners,
} from "./scanners.js";
import type { Stamper } from "./stamper.js";

/** What a text source's reader needs. */
export interface ReaderOptions {
  source: number;
  path: string;
  detection: Detection;
  /** All envelopes; those that the detection ranked are tried first. */
  envelopes: readonly Grammar[];
  composer: Composer;
  stamper: Stamper;
  /** Literals of which each wanted record has one; absent: all records are read. */
  literals?: readonly string[] | undefined;
  /** Bytes of the source, where that is known beforehand. What is small needs a small scanner (scanners.ts). */
  bytes?: number | undefined;
  /** Scanners that it takes turns at with other readers; absent: it has its own. */
  scanners?: SharedScanners | undefined;
  /** Let the clock see the stamps of all records that are read, wanted or not. */
  everyStamp?: boolean | undefined;
  /** Which happenings are wanted, by action; absent: all. */
  wants?: ((action: string) => boolean) | undefined;
  /**
   * Tells of a wanted record's text, in the source's order, whether it would change nothing: where the main format judges lines, such
   * records are passed over unread.
   */
  passOver?: LateReader["passOver"] | undefined;
  /** Takes the events. */
  emit: (event: Event) => void;
  /** As in {@link TextAssembly}. */
  timed?: ((line: number, us: number) => void) | undefined;
  /** Sees every record, also those that nobody reads: for `timeline` and `formats explain`. */
  observe?: ((record: RawRecord, claim: Claim | undefined) => void) | undefined;
}

/** Reads a byte stream from its beginning to its end, in this thread: cut into records, read, timed, one chunk after the other. */
export class TextReader extends TextAssembly {
  private readonly reader: RecordReader;
  /** What it has for itself. */
  private equipment: Equipment | undefined;
  private readonly takesTurns: boolean;

  constructor(options: ReaderOptions) {
    const { detection, literals, source, bytes, scanners, observe, passOver, composer, wants } = options;
    const primary = mainFormat(detection);
    const defer = literals !== undefined && primary?.judge !== undefined && passOver !== undefined;
    super({ ...options, late: defer ? lateReader(primary, composer, wants, passOver) : undefined });
    this.takesTurns = scanners !== undefined;
    let equipment = scanners?.borrow(literals ?? [], literals && primary);
    if (!equipment) {
      const capacity = bytes === undefined ? undefined : capacityFor(bytes);
      this.equipment = equipment = borrowScanner(literals ?? [], literals && primary, capacity);
    }
    this.reader = new RecordReader(
      {
        ...options,
        selective: literals !== undefined,
        defer,
        observe:
          observe &&
          ((record, claim) => {
            // Whoever looks on sees a record before its events, and after those of the record before.
            this.take(this.reader.segment(false));
            observe({ ...record, source, line: record.line + 1 }, claim);
          }),
      },
      equipment,
    );
  }

  /** Takes the next bytes; they may be overwritten afterwards. */
  push(chunk: Buffer): void {
    this.reader.resume();
    this.reader.push(chunk);
    this.take(this.reader.segment(false));
    if (this.takesTurns) this.reader.pause();
  }

  /** Reads what is left and closes the accounts. */
  override end(): void {
    this.reader.resume();
    this.reader.end();
    this.take(this.reader.segment(true));
    this.close();
    super.end();
  }

  /** Nothing more will be read, though there may be more: what is lent goes to the next reader. After `end` there is nothing to do. */
  close(): void {
    if (this.equipment) returnScanner(this.equipment);
    this.equipment = undefined;
  }
}
