import type { Problem } from "../../model/source.js";
import { MAX_RECORD } from "./claim.js";

/** A place in a source. */
export interface Place {
  line: number;
  offset: number;
}

/** Keeps count of one text source's records and times, and of what its reader must tell about it. */
export class Accounts {
  records = 0;
  parsed = 0;
  unparsed = 0;
  readonly problems: Problem[] = [];
  /** µs of the first and last stamped record. */
  from = Number.NaN;
  to = Number.NaN;
  /** Each of these is told once, at its first place. */
  nulTold = false;
  private largeTold = false;
  private firstUnparsed: Place | undefined;

  constructor(private readonly path: string) {}

  /** A record that was claimed, or is blank. */
  read(): void {
    this.records++;
    this.parsed++;
  }

  /** A record that nobody claims. */
  unread(at: Place): void {
    this.records++;
    this.unparsed++;
    this.firstUnparsed ??= at;
  }

  /** What looked like a record of its format is none: JSON that does not parse. */
  disclaim(at: Place): void {
    this.records--;
    this.parsed--;
    this.unread(at);
  }

  /** Widens the source's range by a record's time, µs; NaN is none. */
  note(us: number): void {
    if (Number.isNaN(us)) return;
    if (!(us >= this.from)) this.from = us;
    if (!(us <= this.to)) this.to = us;
  }

  nul(at: Place): void {
    this.nulTold = true;
    this.tell(
      at,
      "NUL bytes in the text (a file that was being written, or damaged); the lines around them were read",
    );
  }

  large(at: Place): void {
    if (this.largeTold) return;
    this.largeTold = true;
    this.tell(
      at,
      `this record is longer than ${MAX_RECORD >> 20} MiB; its lines were passed over, the records after it were read`,
    );
  }

  overlong(at: Place): void {
    this.tell(
      at,
      `this line is longer than ${MAX_RECORD >> 20} MiB; it was passed over, the lines after it were read`,
    );
  }

  /** Says in the end how many records fit no format. */
  close(): void {
    if (!this.firstUnparsed) return;
    this.tell(
      this.firstUnparsed,
      this.parsed === 0
        ? `no format is known for this text (${this.unparsed} lines)`
        : `${this.unparsed} of ${this.records} records fit no format; the first is here`,
    );
  }

  private tell({ line, offset }: Place, message: string): void {
    this.problems.push({ path: this.path, line, offset, severity: "warning", message });
  }
}
