import type { Fields } from "../../model/event.js";
import { PacketAccounts } from "./accounts.js";
import type { RecordCutter } from "./cutter.js";
import { decodePacket } from "./decode.js";
import { Frame } from "./frame.js";
import type { CaptureInterface, CaptureNote, FramerHost } from "./framer.js";
import { COUNTED, Glance, LOOK_CLOSER } from "./glance.js";
import type { Wanted } from "./kinds.js";
import { isKnownLinkType } from "./link.js";
import type { Partners } from "./partners.js";
import { KIND, ROW, ROW_V6 } from "./row.js";
import type { RowPlace, Rows, RowWriter } from "./row-writer.js";
import { Servers } from "./servers.js";

/** Which packets are to give rows. Plain data. */
export interface Asked {
  readonly wanted: Wanted;
  /** By the flags byte of a TCP segment: 1 where somebody looks at segments with these flags. */
  readonly heard: Uint8Array;
  /** What captures say beside their packets is wanted. */
  readonly markers: boolean;
}

/** Events that say nothing of any DNS exchange, nor, but for TCP segments with SYN alone, of any handshake. */
const APART: ReadonlySet<string> = new Set([
  "arp.request",
  "arp.reply",
  "tcp.segment",
  "udp.datagram",
  "ip.packet",
]);

/** Takes the packets of a framer and makes rows of those that somebody wants; the others are counted. */
export class PacketScan implements FramerHost {
  accounts = new PacketAccounts("");
  /** File offset that the rows' offsets count from, and the packets before the first. */
  private origin = 0;
  private before = 0;
  /** What is to be added to a file offset to make it one in the bytes that the rows are taken with. */
  private shift = 0;
  /** Cuts the capture for this scan: knows where the bytes begin that it gets. */
  cutter!: Pick<RecordCutter, "position">;
  private readonly glance: Glance;
  private readonly frame = new Frame();
  private readonly servers = new Servers();
  private readonly place: RowPlace = { time: Number.NaN, ns: 0, packet: 0, offset: 0, length: 0 };
  /** What the packet in hand gives, when it must be decoded to know. */
  private gives = COUNTED;

  constructor(
    private readonly asked: Asked,
    readonly rows: RowWriter,
    private readonly partners: Partners,
  ) {
    this.glance = new Glance(asked.wanted, asked.heard);
  }

  /** The rows of the segment. @param bytes what their frames lie in: see `RowWriter.take` */
  take(bytes: Buffer): Rows {
    this.partners.end();
    return this.rows.take(bytes);
  }

  /**
   * Begins a segment: its rows' offsets count from `origin`, its packets from the next one.
   * @param first file offset of the first of `bytes`, which its rows are taken with
   */
  begin(origin: number, first: number, accounts: PacketAccounts, bytes: Buffer): void {
    this.partners.begin(bytes);
    this.servers.clear();
    this.origin = origin;
    this.shift = -first;
    this.accounts = accounts;
    this.before = accounts.records;
  }

  get nextPacket(): number {
    return this.accounts.records + 1;
  }

  problem(offset: number, message: string, severity: "error" | "warning"): void {
    this.accounts.problems.add(message, severity, undefined, offset);
  }

  lost(offset: number, reason: string): void {
    this.accounts.lost(offset, reason);
  }

  noted(note: CaptureNote, offset: number, length: number): void {
    this.accounts.noted(note);
    if (this.asked.markers) this.rows.mark(this.placed(Number.NaN, 0, offset, length), note);
  }

  packet(
    bytes: Buffer,
    from: number,
    to: number,
    original: number,
    time: number,
    ns: number,
    capture: CaptureInterface,
    direction: string | undefined,
    offset: number,
    length: number,
  ): void {
    const { accounts, glance, rows } = this;
    accounts.seen(time);
    let kind = glance.at(bytes, from, to, capture.linkType);
    if (kind === LOOK_CLOSER) kind = this.look(bytes, from, to, original, capture, offset);
    else accounts.parsed++;
    if (kind === COUNTED) return;
    const place = this.placed(time, ns, offset, length);
    const frame = this.cutter.position + from + this.shift;
    const at = rows.begin(kind, frame, to - from, original, place, capture, direction);
    if (kind === KIND.QUERY || kind === KIND.OPENER) this.asks(kind, bytes, from, at);
    else if (kind === KIND.ANSWER || kind === KIND.REPLY) this.answers(kind, bytes, from, at);
  }

  private asks(kind: number, bytes: Buffer, from: number, at: number): void {
    const { glance, partners, servers } = this;
    const { words } = this.rows;
    const isDns = kind === KIND.QUERY;
    const ip = from + glance.network;
    const octet = isDns ? bytes[ip + (glance.v6 ? 23 : 15)]! : 0;
    const server = isDns ? servers.numberOf(bytes, ip + (glance.v6 ? 24 : 16), glance.v6) : 0;
    words[at + ROW.KIND] = kind | (glance.v6 ? ROW_V6 : 0) | (octet << 17);
    words[at + ROW.KEY] = glance.key;
    words[at + ROW.ID] = (glance.id << 16) | glance.port;
    words[at + ROW.PLACE] =
      (server << 16) | ((isDns ? glance.questionBytes : glance.flags) << 8) | glance.network;
    partners.asks(kind, glance);
  }

  private answers(kind: number, bytes: Buffer, from: number, at: number): void {
    const { glance, partners } = this;
    const { words } = this.rows;
    const isDns = kind === KIND.ANSWER;
    const apart = partners.answers(kind, glance, bytes, from + glance.network);
    const rcode = isDns ? glance.rcode : 0;
    words[at + ROW.KIND] = kind | (rcode << 8) | (glance.v6 ? ROW_V6 : 0) | (apart << 17);
    words[at + ROW.KEY] = glance.key;
    words[at + ROW.ID] = (glance.id << 16) | glance.port;
    words[at + ROW.PLACE] = ((isDns ? glance.questionBytes : glance.flags) << 8) | glance.network;
  }

  /** Decodes the packet, for the accounts and to know what it gives. */
  private look(
    bytes: Buffer,
    from: number,
    to: number,
    original: number,
    capture: CaptureInterface,
    offset: number,
  ): number {
    const { accounts, frame } = this;
    if (!isKnownLinkType(capture.linkType)) {
      accounts.linkTypeUnknown(capture.linkType, offset);
      return COUNTED;
    }
    this.gives = COUNTED;
    frame.start(bytes, from, to, original);
    const outcome = decodePacket(frame, capture.linkType, this.asked.wanted, this.note);
    if (outcome === "unreadable") accounts.headersUnreadable(offset);
    else {
      accounts.parsed++;
      if (outcome === "foreign") accounts.foreign++;
      else if (frame.fragmentOffset > 0) accounts.laterFragment();
    }
    return this.gives;
  }

  private readonly note = (action: string, fields: Fields): void => {
    const isApart = APART.has(action) && fields["tcp.flags"] !== "S";
    if (this.gives !== KIND.OTHER) this.gives = isApart ? KIND.APART : KIND.OTHER;
  };

  private placed(time: number, ns: number, offset: number, length: number): RowPlace {
    const { place } = this;
    place.time = time;
    place.ns = ns;
    place.packet = this.accounts.records - this.before;
    place.offset = offset - this.origin;
    place.length = length;
    return place;
  }
}
