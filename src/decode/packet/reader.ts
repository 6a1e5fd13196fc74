import type { Event, Fields } from "../../model/event.js";
import type { Problem } from "../../model/source.js";
import { decodePacket } from "./decode.js";
import { Frame } from "./frame.js";
import type { CaptureInterface, Framer, FramerHost } from "./framer.js";
import { type PacketKind, type Wanted, wantedKinds } from "./kinds.js";
import { isKnownLinkType } from "./link.js";
import { isPcap, PcapFramer } from "./pcap.js";
import { isPcapng, PcapngFramer } from "./pcapng.js";
import { ProblemList } from "./problems.js";

/** Takes a batch of events in the order of the file. The array is the caller's to keep. */
export type PacketSink = (events: Event[]) => void;

export interface PacketOptions {
  /** Path of the source, for problems. */
  path?: string;
  /** Kinds that give events; packets of the others are only counted. All by default. */
  wants?: (kind: PacketKind) => boolean;
}

const BATCH = 1024;

/**
 * Reads a pcap or pcapng capture that comes in chunks of any size, and gives its packets as events
 * (docs/FIELDS.md). `line` is the packet's number, `offset` and `length` are its record's in the file. It never
 * throws for what the file holds: what cannot be read is in `problems`. Memory is bounded by one packet record
 * and one chunk.
 */
export class PacketReader {
  /** Packets seen, and how many of them could be decoded (or were not wanted). */
  records = 0;
  parsed = 0;
  unparsed = 0;
  /** First and last time of all packets, also of those that give no event: µs UTC; NaN when none has a time. */
  from = Number.NaN;
  to = Number.NaN;
  /** Packets of other protocols than IP and ARP: counted as parsed, they give no event. */
  foreign = 0;

  private readonly frame = new Frame();
  private readonly wanted: Wanted;
  private readonly found: ProblemList;
  private framer: Framer | undefined;
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  /** File offset of the first pending byte. */
  private base = 0;
  /** Bytes that the framer is done with although they have not come yet. */
  private skip = 0;
  private batch: Event[] = [];
  private fragments = 0;
  private readonly unknownLinkTypes = new Set<number>();

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
    this.found = new ProblemList(options.path ?? "");
  }

  /** What the reader of the report must know, in the order of the file; complete after `end`. */
  get problems(): readonly Problem[] {
    return this.found.list;
  }

  /** Takes the next bytes of the file. The chunk may be overwritten afterwards. */
  push(chunk: Buffer): void {
    let bytes = chunk;
    if (this.skip > 0) {
      const skipped = Math.min(this.skip, bytes.length);
      this.skip -= skipped;
      this.base += skipped;
      bytes = bytes.subarray(skipped);
    }
    if (bytes.length === 0) return;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes >= (this.framer?.need ?? 24)) this.read();
    // What is kept for later must outlive the caller's buffer; all before the last chunk is a copy already.
    const last = this.pending.length - 1;
    if (last >= 0) this.pending[last] = Buffer.from(this.pending[last]!);
  }

  /** Ends the file: gives the last events and states what was cut off. */
  end(): void {
    if (this.framer === undefined) this.read();
    const bytes = this.joined();
    if (this.framer !== undefined) this.framer.end(bytes, this.base);
    else if (bytes.length > 0) this.found.add("this is neither pcap nor pcapng", "error", undefined, 0);
    this.pending = [];
    this.pendingBytes = 0;
    if (this.skip > 0) {
      const message = `after packet ${this.records}: the file ends inside a block, ${this.skip} bytes of it are missing`;
      this.found.add(message, "warning", undefined, this.base);
    }
    if (this.fragments > 0) {
      const message = `${this.fragments} later fragments of IP packets are not put together: only the first fragment of each is decoded`;
      this.found.add(message, "warning");
    }
    this.found.close();
    this.flush();
  }

  private joined(): Buffer {
    return this.pending.length === 1 ? this.pending[0]! : Buffer.concat(this.pending, this.pendingBytes);
  }

  private read(): void {
    const bytes = this.joined();
    if (this.framer === undefined) {
      if (isPcap(bytes)) this.framer = new PcapFramer(this.host);
      else if (isPcapng(bytes)) this.framer = new PcapngFramer(this.host);
      else return;
    }
    const done = this.framer.read(bytes, this.base);
    const used = Math.min(done, bytes.length);
    this.skip = done - used;
    this.base += used;
    this.pendingBytes = bytes.length - used;
    this.pending = this.pendingBytes > 0 ? [bytes.subarray(used)] : [];
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

  private readonly host: FramerHost = this.makeHost();

  private makeHost(): FramerHost {
    const reader = this;
    return {
      get nextPacket() {
        return reader.records + 1;
      },
      problem: (offset, message, severity) => reader.found.add(message, severity, undefined, offset),
      lost: (offset, reason) => reader.lost(offset, reason),
      dropped: (count, name, offset, length) => reader.dropped(count, name, offset, length),
      packet: (bytes, from, to, original, time, ns, capture, direction, offset, length) => {
        reader.records++;
        reader.line = reader.records;
        reader.offset = offset;
        reader.length = length;
        reader.time = time;
        reader.ns = ns;
        if (!(time >= reader.from)) reader.from = Number.isNaN(time) ? reader.from : time;
        if (!(time <= reader.to)) reader.to = Number.isNaN(time) ? reader.to : time;
        reader.frame.start(bytes, from, to, original);
        reader.packet(capture, direction);
      },
    };
  }

  private packet(capture: CaptureInterface, direction: string | undefined): void {
    const { frame } = this;
    if (!isKnownLinkType(capture.linkType)) {
      this.unknownLinkType(capture.linkType);
      return;
    }
    frame.interfaceName = capture.name;
    frame.direction = direction;
    const outcome = decodePacket(frame, capture.linkType, this.wanted, this.emit);
    if (outcome === "unreadable") {
      this.unparsed++;
      this.found.add(
        `packet ${this.line}: its headers are cut or damaged`,
        "warning",
        this.line,
        this.offset,
      );
    } else {
      this.parsed++;
      if (outcome === "foreign") this.foreign++;
      else if (frame.fragmentOffset > 0) this.fragments++;
    }
    if (this.batch.length >= BATCH) this.flush();
  }

  private lost(offset: number, reason: string): void {
    this.records++;
    this.unparsed++;
    this.found.add(`packet ${this.records}: ${reason}; it is skipped`, "error", this.records, offset);
  }

  private unknownLinkType(linkType: number): void {
    this.unparsed++;
    if (this.unknownLinkTypes.size >= 16 || this.unknownLinkTypes.has(linkType)) return;
    this.unknownLinkTypes.add(linkType);
    const message = `packets of link-layer type ${linkType} are not decoded; capture with tcpdump on Ethernet or "-i any" to have them read`;
    this.found.add(message, "error", this.line, this.offset);
  }

  private dropped(count: number, name: string | undefined, offset: number, length: number): void {
    this.line = Math.max(1, this.records);
    this.offset = offset;
    this.length = length;
    this.time = Number.NaN;
    this.ns = 0;
    this.emit("capture.marker", { "capture.dropped": count, "interface.name": name });
  }
}
