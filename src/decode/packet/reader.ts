import type { Event, Fields } from "../../model/event.js";
import type { Problem } from "../../model/source.js";
import { PacketAccounts } from "./accounts.js";
import { RecordCutter } from "./cutter.js";
import { decodePacket } from "./decode.js";
import { noteFields } from "./fields.js";
import { Frame } from "./frame.js";
import type { CaptureInterface, CaptureNote, FramerHost } from "./framer.js";
import { type PacketKind, type Wanted, wantedKinds } from "./kinds.js";
import { isKnownLinkType } from "./link.js";
import { isPcap } from "./pcap.js";
import { isPcapng } from "./pcapng.js";

/** Takes a batch of events in the order of the file. The array is the caller's to keep. */
export type PacketSink = (events: Event[]) => void;

export interface PacketOptions {
  /** Path of the source, for problems. */
  path?: string;
  /** Kinds that give events; packets of the others are only counted. All by default. */
  wants?: (kind: PacketKind) => boolean;
  /** Is asked of each packet before it is decoded; those of which it says true give no event. */
  passOver?: PassOver;
}

/** @param time µs UTC; NaN when the packet has none */
export type PassOver = (
  bytes: Uint8Array,
  from: number,
  to: number,
  linkType: number,
  time: number,
) => boolean;

const BATCH = 1024;

/**
 * Reads a pcap or pcapng capture that comes in chunks of any size, and gives its packets as events
 * (docs/FIELDS.md). `line` is the packet's number, `offset` and `length` are its record's in the file. It never
 * throws for what the file holds: what cannot be read is in `problems`. Memory is bounded by one packet record
 * and one chunk.
 */
export class PacketReader {
  private readonly frame = new Frame();
  private readonly wanted: Wanted;
  private readonly passOver: PassOver | undefined;
  private readonly accounts: PacketAccounts;
  private readonly cutter: RecordCutter;
  private batch: Event[] = [];

  private line = 0;
  private offset = 0;
  private length = 0;
  private time = Number.NaN;
  private ns = 0;

  /** Whether a file that begins with these bytes (12 at least) is a capture. */
  static sniff(head: Buffer): boolean {
    return isPcap(head) || isPcapng(head);
  }

  constructor(
    private readonly source: number,
    private readonly sink: PacketSink,
    options: PacketOptions = {},
  ) {
    this.wanted = wantedKinds(options.wants);
    this.passOver = options.passOver;
    this.accounts = new PacketAccounts(options.path ?? "");
    this.cutter = new RecordCutter(this.makeHost());
  }

  /** What the reader of the report must know, in the order of the file; complete after `end`. */
  get problems(): readonly Problem[] {
    return this.accounts.problems.list;
  }

  /** Packets seen, and how many of them could be decoded (or were not wanted). */
  get records(): number {
    return this.accounts.records;
  }
  get parsed(): number {
    return this.accounts.parsed;
  }
  get unparsed(): number {
    return this.accounts.unparsed;
  }
  /** Packets of other protocols than IP and ARP: counted as parsed, they give no event. */
  get foreign(): number {
    return this.accounts.foreign;
  }
  /** First and last time of all packets, also of those that give no event: µs UTC; NaN when none has a time. */
  get from(): number {
    return this.accounts.from;
  }
  get to(): number {
    return this.accounts.to;
  }

  /** Takes the next bytes of the file. The chunk may be overwritten afterwards. */
  push(chunk: Buffer): void {
    this.cutter.push(chunk);
    this.flush();
  }

  /** Ends the file: gives the last events and states what was cut off. */
  end(): void {
    this.cutter.end();
    this.accounts.close();
    this.flush();
  }

  private flush(): void {
    if (this.batch.length === 0) return;
    const events = this.batch;
    this.batch = [];
    this.sink(events);
  }

  private readonly emit = (action: string, fields: Fields): void => {
    this.batch.push({
      source: this.source,
      line: this.line,
      offset: this.offset,
      length: this.length,
      time: this.time,
      ns: this.ns,
      latest: this.time,
      action,
      category: "network",
      fields,
    });
  };

  private makeHost(): FramerHost {
    const reader = this;
    return {
      get nextPacket() {
        return reader.accounts.records + 1;
      },
      problem: (offset, message, severity) =>
        reader.accounts.problems.add(message, severity, undefined, offset),
      lost: (offset, reason) => reader.accounts.lost(offset, reason),
      noted: (note, offset, length) => reader.noted(note, offset, length),
      packet: (bytes, from, to, original, time, ns, capture, direction, offset, length) => {
        reader.accounts.seen(time);
        reader.line = reader.accounts.records;
        reader.offset = offset;
        reader.length = length;
        reader.time = time;
        reader.ns = ns;
        reader.frame.start(bytes, from, to, original);
        reader.packet(capture, direction);
      },
    };
  }

  private packet(capture: CaptureInterface, direction: string | undefined): void {
    const { frame, accounts } = this;
    if (!isKnownLinkType(capture.linkType)) {
      accounts.linkTypeUnknown(capture.linkType, this.offset);
      return;
    }
    if (this.passOver?.(frame.bytes, frame.at, frame.end, capture.linkType, this.time)) {
      accounts.parsed++;
      return;
    }
    frame.interfaceName = capture.name;
    frame.direction = direction;
    const outcome = decodePacket(frame, capture.linkType, this.wanted, this.emit);
    if (outcome === "unreadable") accounts.headersUnreadable(this.offset);
    else {
      accounts.parsed++;
      if (outcome === "foreign") accounts.foreign++;
      else if (frame.fragmentOffset > 0) accounts.laterFragment();
    }
    if (this.batch.length >= BATCH) this.flush();
  }

  private noted(note: CaptureNote, offset: number, length: number): void {
    this.accounts.noted(note);
    // A note before the first packet is shown at that; one about a packet stands before it.
    this.line = Math.max(1, this.records);
    this.offset = offset;
    this.length = length;
    this.time = Number.NaN;
    this.ns = 0;
    this.emit("capture.marker", noteFields(note));
  }
}
