import { type DropCounts, Drops } from "./drops.js";
import type { CaptureNote } from "./framer.js";
import { ProblemList } from "./problems.js";

/** What a part of a capture adds to the accounts. Plain data. */
export interface SourceCounts {
  readonly records: number;
  readonly parsed: number;
  readonly unparsed: number;
  readonly foreign: number;
  readonly from: number;
  readonly to: number;
  /** Time of the last packet that has one. */
  readonly last: number;
  readonly fragments: number;
  readonly unreadable: number;
  /** Number (from 1) and offset of the first packet whose headers cannot be read. */
  readonly firstUnreadable: { readonly line: number; readonly offset: number };
  readonly drops: DropCounts;
}

/** What became of a capture's packets, and what the reader of the report must know about them. */
export class PacketAccounts {
  /** Packets seen, and how many of them could be decoded (or were not wanted). */
  records = 0;
  parsed = 0;
  unparsed = 0;
  /** Packets of other protocols than IP and ARP: counted as parsed, they give no event. */
  foreign = 0;
  /** First and last time of all packets: µs UTC; NaN when none has a time. */
  from = Number.NaN;
  to = Number.NaN;

  /** Time of the last packet that has one. */
  last = Number.NaN;

  readonly problems: ProblemList;
  private unreadable = 0;
  private firstUnreadable: SourceCounts["firstUnreadable"] = { line: 0, offset: 0 };
  private fragments = 0;
  private readonly linkTypes = new Set<number>();
  private readonly drops = new Drops();

  constructor(path: string) {
    this.problems = new ProblemList(path);
  }

  /** A packet of this time was seen; what becomes of it is told by one of the others. */
  seen(time: number): void {
    this.records++;
    if (Number.isNaN(time)) return;
    this.last = time;
    if (!(time >= this.from)) this.from = time;
    if (!(time <= this.to)) this.to = time;
  }

  /** The packet in hand is an IP fragment without the transport header. */
  laterFragment(): void {
    this.fragments++;
  }

  /** The packet in hand, whose record lies at `offset`, has headers that cannot be read. */
  headersUnreadable(offset: number): void {
    this.unparsed++;
    if (this.unreadable++ === 0) this.firstUnreadable = { line: this.records, offset };
  }

  /** The packet in hand has a link-layer header that is not known. */
  linkTypeUnknown(linkType: number, offset: number): void {
    this.unparsed++;
    if (this.linkTypes.size >= 16 || this.linkTypes.has(linkType)) return;
    this.linkTypes.add(linkType);
    const message = `packets of link-layer type ${linkType} are not decoded; capture with tcpdump on Ethernet or "-i any" to have them read`;
    this.problems.add(message, "error", this.records, offset);
  }

  /** The capture says something beside its packets. */
  noted(note: CaptureNote): void {
    this.drops.note(note);
  }

  /** A packet whose record cannot be used. */
  lost(offset: number, reason: string): void {
    this.records++;
    this.unparsed++;
    this.problems.add(`packet ${this.records}: ${reason}; it is skipped`, "error", this.records, offset);
  }

  /** All that was counted so far, without the problems. */
  counts(): SourceCounts {
    const { records, parsed, unparsed, foreign, from, to, last, fragments, unreadable, firstUnreadable } =
      this;
    const drops = this.drops.counts();
    return {
      records,
      parsed,
      unparsed,
      foreign,
      from,
      to,
      last,
      fragments,
      unreadable,
      firstUnreadable,
      drops,
    };
  }

  /** Adds what was counted in the next part of the file. */
  add(counts: SourceCounts): void {
    if (this.unreadable === 0 && counts.unreadable > 0) {
      const { line, offset } = counts.firstUnreadable;
      this.firstUnreadable = { line: this.records + line, offset };
    }
    this.records += counts.records;
    this.parsed += counts.parsed;
    this.unparsed += counts.unparsed;
    this.foreign += counts.foreign;
    this.fragments += counts.fragments;
    this.unreadable += counts.unreadable;
    this.drops.add(counts.drops);
    if (!Number.isNaN(counts.last)) this.last = counts.last;
    if (!(counts.from >= this.from)) this.from = Number.isNaN(counts.from) ? this.from : counts.from;
    if (!(counts.to <= this.to)) this.to = Number.isNaN(counts.to) ? this.to : counts.to;
  }

  /** States what was counted, once the file has ended. */
  close(): void {
    if (this.unreadable > 0) {
      const { line, offset } = this.firstUnreadable;
      const which =
        this.unreadable === 1 ? "of 1 packet" : `of ${this.unreadable} packets, packet ${line} first,`;
      this.problems.add(`the headers ${which} are cut or damaged`, "warning", line, offset);
    }
    if (this.fragments > 0) {
      const later = this.fragments === 1 ? "1 later fragment is" : `${this.fragments} later fragments are`;
      const message = `${later} not put together with the first ones: of a fragmented IP packet the first fragment is decoded`;
      this.problems.add(message, "warning");
    }
    const dropped = this.drops.total;
    if (dropped > 0) {
      const packets = dropped === 1 ? "1 packet was" : `${dropped} packets were`;
      const message = `${packets} dropped while capturing: what is missing here may have been on the wire nevertheless; capture with a filter, or with a larger buffer (tcpdump -B)`;
      this.problems.add(message, "warning");
    }
    this.problems.close();
  }
}
