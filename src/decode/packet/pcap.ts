import { type CaptureInterface, type Framer, type FramerHost, MAX_CAPTURED } from "./framer.js";
import { FILE_BEGINNING, FILE_HEADER, type PcapHeader, readPcapHeader, u32At } from "./pcap-header.js";

export { isPcap } from "./pcap-header.js";

const DAY = 86400;

/**
 * Classic pcap (draft-ietf-opsawg-pcap): both byte orders, microseconds and nanoseconds, record headers that writers made longer. A record header
 * that cannot be true is reported, and reading resumes at the next place where two records follow one another.
 */
export class PcapFramer implements Framer {
  need = FILE_BEGINNING;
  private head: PcapHeader | undefined;
  private capture: CaptureInterface = { linkType: -1, name: undefined };
  /** Seconds of the last good packet; NaN before the first. */
  private last = Number.NaN;
  /** Where the damage began that is being skipped, and what it is; -1 when all is well. */
  private damage = -1;
  private reason = "";
  /** The damage is a record that the file's end cuts off, if no other record follows. */
  private isCut = false;

  /**
   * @param head known beforehand when the bytes do not begin with the file's header, but with a record
   * @param last then, the time of the packet before it, µs UTC
   */
  constructor(
    private readonly host: FramerHost,
    head?: PcapHeader,
    last = Number.NaN,
  ) {
    if (head !== undefined) this.begin(head);
    this.last = Math.floor(last / 1_000_000);
  }

  /** Nothing but the file's header tells of the packets. */
  readonly declared = 0;

  /** In damage: the next good record is looked for. */
  get isLost(): boolean {
    return this.damage >= 0;
  }

  read(bytes: Buffer, base: number): number {
    let at = 0;
    if (this.head === undefined) {
      if (bytes.length < FILE_BEGINNING) return 0;
      this.begin(readPcapHeader(bytes));
      at = FILE_HEADER;
    }
    return this.readRecords(bytes, at, base, false);
  }

  end(bytes: Buffer, base: number): void {
    const { host } = this;
    let from = 0;
    if (this.head === undefined) {
      if (bytes.length < FILE_HEADER) {
        host.problem(0, `the file ends after ${bytes.length} of the 24 bytes of a pcap header`, "error");
        return;
      }
      this.begin(readPcapHeader(bytes));
      from = FILE_HEADER;
    }
    const at = this.readRecords(bytes, from, base, true);
    const start = this.damage >= 0 ? this.damage : base + at;
    const left = base + bytes.length - start;
    if (left === 0) return;
    const isCut = this.damage < 0 || this.isCut;
    const reason = isCut ? `the file ends inside it, ${left} bytes after its beginning` : this.reason;
    const rest = isCut ? "" : ", the rest is skipped";
    const message = `packet ${host.nextPacket}: ${reason}; ${before(host)}${rest}`;
    host.problem(start, message, isCut ? "warning" : "error");
  }

  private begin(head: PcapHeader): void {
    this.head = head;
    this.capture = { linkType: head.linkType, name: undefined };
    this.need = head.header;
  }

  private readRecords(bytes: Buffer, from: number, base: number, last: boolean): number {
    const { little, units, header, limit } = this.head!;
    const nano = units === 1_000_000_000;
    let at = from;
    for (;;) {
      if (this.damage >= 0) {
        at = this.resume(bytes, at, base, last);
        if (this.damage >= 0) return at;
      }
      if (at + header > bytes.length) {
        this.need = header;
        return at;
      }
      const seconds = u32At(bytes, at, little);
      const part = u32At(bytes, at + 4, little);
      const captured = u32At(bytes, at + 8, little);
      const original = u32At(bytes, at + 12, little);
      if (captured > limit || part >= units) {
        const reason = this.whyImpossible(captured, part, units);
        if (captured > MAX_CAPTURED || part >= units || this.isFollowed(bytes, at, last) === "no") {
          this.damage = base + at;
          this.reason = reason;
          at++;
          continue;
        }
        // Some writers state a snap length that they do not keep: the records that follow decide.
        if (this.isFollowed(bytes, at, last) === "unknown") {
          this.need = 2 * header + captured;
          return at;
        }
      }
      const end = at + header + captured;
      if (end > bytes.length && last) {
        // Cut short, or a wrong length: then other records follow.
        this.isCut = true;
        this.damage = base + at;
        this.reason = `captured length ${captured} goes beyond the end of the file`;
        at++;
        continue;
      }
      if (end > bytes.length) {
        this.need = header + captured;
        return at;
      }
      this.last = seconds;
      const micros = nano ? Math.floor(part / 1000) : part;
      const ns = nano ? part - micros * 1000 : 0;
      const time = seconds * 1_000_000 + micros;
      const length = header + captured;
      this.host.packet(
        bytes,
        at + header,
        end,
        original,
        time,
        ns,
        this.capture,
        undefined,
        base + at,
        length,
      );
      at = end;
    }
  }

  private whyImpossible(captured: number, part: number, units: number): string {
    if (part >= units) return `its time stamp has ${part} of ${units} parts of a second`;
    const snapped = captured <= MAX_CAPTURED;
    const what = snapped ? `the snap length ${this.head!.limit}` : `any packet's ${MAX_CAPTURED}`;
    return `captured length ${captured} is more than ${what}`;
  }

  /** Looks for the next record behind damage; sets `damage` to -1 when it is found. Gives the place to go on from. */
  private resume(bytes: Buffer, from: number, base: number, last: boolean): number {
    const { header, little } = this.head!;
    for (let at = from; ; at++) {
      if (at + header > bytes.length) {
        this.need = header;
        return at;
      }
      if (!this.isPlausible(bytes, at)) continue;
      const followed = this.isFollowed(bytes, at, last);
      if (followed === "unknown") {
        this.need = 2 * header + u32At(bytes, at + 8, little);
        return at;
      }
      if (followed === "no") continue;
      const skipped = base + at - this.damage;
      const packet = this.host.nextPacket;
      this.host.problem(
        this.damage,
        `packet ${packet}: ${this.reason}; ${skipped} bytes are skipped, reading resumes at byte ${base + at}`,
        "error",
      );
      this.host.noted({ skipped, name: undefined }, this.damage, skipped);
      this.damage = -1;
      return at;
    }
  }

  /** Whether a record header can stand here: lengths in bounds, a time near the last good one. */
  private isPlausible(bytes: Buffer, at: number): boolean {
    const { little, units } = this.head!;
    const captured = u32At(bytes, at + 8, little);
    if (captured === 0 || captured > MAX_CAPTURED) return false;
    const original = u32At(bytes, at + 12, little);
    if (original < captured || original > MAX_CAPTURED * 4) return false;
    if (u32At(bytes, at + 4, little) >= units) return false;
    const seconds = u32At(bytes, at, little);
    return Number.isNaN(this.last) || Math.abs(seconds - this.last) <= DAY;
  }

  /** Whether the record at `at` ends at the file's end or at another plausible record. */
  private isFollowed(bytes: Buffer, at: number, last: boolean): "yes" | "no" | "unknown" {
    const { little, header } = this.head!;
    const next = at + header + u32At(bytes, at + 8, little);
    if (next + header <= bytes.length) return this.isPlausible(bytes, next) ? "yes" : "no";
    if (last) return next === bytes.length ? "yes" : "no";
    return "unknown";
  }
}

function before(host: FramerHost): string {
  const count = host.nextPacket - 1;
  return count === 1 ? "1 packet was read" : `${count} packets were read`;
}
