import type { Stretch } from "../segment.js";
import { PacketAccounts } from "./accounts.js";
import { RecordCutter } from "./cutter.js";
import type { FramerHost } from "./framer.js";
import { giveBack, kernelReader } from "./kernel-reader.js";
import { Partners } from "./partners.js";
import { PcapFramer } from "./pcap.js";
import { isPcap, type PcapHeader, readPcapHeader } from "./pcap-header.js";
import { isPcapng, PcapngFramer } from "./pcapng.js";
import type { SectionState } from "./pcapng-section.js";
import type { PacketSegment } from "./row.js";
import { RowWriter } from "./row-writer.js";
import { type Asked, PacketScan } from "./scan.js";
import { StretchBytes } from "./stretch-bytes.js";
import { supposePcap, supposePcapng } from "./suppose.js";

/** What is known of a capture from its beginning. Plain data. */
export type CaptureHead =
  | { readonly format: "pcap"; readonly header: PcapHeader; readonly first: number }
  | { readonly format: "pcapng"; readonly section: SectionState; readonly first: number };

/** How a capture is read in stretches. Plain data. */
export interface SegmentConfig {
  readonly head: CaptureHead;
  readonly asked: Asked;
}

/** Read and scanned at once: fits the second-level cache. */
const PIECE = 256 << 10;
/** In so many bytes the beginning of a record is looked for. */
const SUPPOSED_WITHIN = 1 << 20;

/**
 * What the first bytes of a capture say of the rest; `first` is the offset of the first record. `undefined` when they end before
 * there is any packet.
 */
export function captureHead(bytes: Buffer): CaptureHead | undefined {
  if (isPcap(bytes))
    return bytes.length < 24 ? undefined : { format: "pcap", header: readPcapHeader(bytes), first: 24 };
  if (!isPcapng(bytes)) return undefined;
  let first = -1;
  let section: SectionState | undefined;
  const note = (offset: number) => {
    if (first >= 0) return;
    first = offset;
    section = framer.state;
  };
  const framer = new PcapngFramer({
    nextPacket: 1,
    packet: (_b, _f, _t, _o, _time, _ns, _c, _d, offset) => note(offset),
    lost: note,
    problem: note,
    noted: (_note, offset) => note(offset),
  });
  framer.read(bytes, 0);
  return section === undefined || first === 0 ? undefined : { format: "pcapng", section, first };
}

/** Has grown to what a segment needs: the next one is read into it as well. Absent while one is being read. */
let scratch: Scratch | undefined;
interface Scratch {
  readonly rows: RowWriter;
  readonly partners: Partners;
}

function newScratch(): Scratch {
  const rows = new RowWriter();
  return { rows, partners: new Partners(rows) };
}

/** Bytes of a segment of which little was wanted: the next one is read into them as well. */
let spare: Buffer | undefined;

/**
 * Reads the packets whose records begin in the stretch.
 *
 * @param fd the capture, a plain file
 * @param sure a record begins at the stretch's first byte; else it is supposed where the first one begins
 */
export function readPacketSegment(
  { head, asked }: SegmentConfig,
  fd: number,
  stretch: Stretch,
  sure: boolean,
): PacketSegment {
  const reader =
    head.format === "pcap" ? kernelReader(head.header, StretchBytes.roomFor(stretch)) : undefined;
  if (reader !== undefined && head.format === "pcap") {
    const file = new StretchBytes(fd, stretch, reader.room);
    const begin = sure ? stretch.from : supposed(head, file, stretch);
    const segment = reader.read(head.header, asked, file, begin, stretch.to, PIECE);
    giveBack(reader);
    if (segment !== undefined) return segment;
  }
  return readWithoutKernel({ head, asked }, fd, stretch, sure);
}

/** The same in JavaScript alone, which is how captures of all other kinds are read, and damaged ones. */
export function readWithoutKernel(
  { head, asked }: SegmentConfig,
  fd: number,
  stretch: Stretch,
  sure: boolean,
): PacketSegment {
  const { rows: writer, partners } = scratch ?? newScratch();
  scratch = undefined;
  const scan = new PacketScan(asked, writer, partners);
  const file = new StretchBytes(fd, stretch, spare);
  spare = undefined;
  const begin = sure ? stretch.from : supposed(head, file, stretch);
  const accounts = new PacketAccounts("");
  scan.begin(begin, file.first, accounts, file.room);
  const framer = framerOf(head, scan);
  const cutter = (scan.cutter = new RecordCutter(scan, framer, begin));
  let at = begin;
  const push = (to: number): boolean => {
    const bytes = file.bytes(at, to);
    at += bytes.length;
    cutter.push(bytes);
    return bytes.length > 0;
  };
  const isSound = () => accounts.problems.list.length === 0 && !framer.isLost;
  while (at < stretch.to && isSound() && push(Math.min(stretch.to, (Math.floor(at / PIECE) + 1) * PIECE)));
  // The last record goes on behind the stretch.
  while (cutter.position < stretch.to && isSound()) {
    if (push(at + cutter.missing)) continue;
    cutter.end();
    break;
  }
  const { all } = file;
  const rows = scan.take(all);
  if (rows.frames !== all) spare = file.room;
  scratch = { rows: writer, partners };
  return {
    begin,
    end: Math.max(cutter.position, begin),
    counts: accounts.counts(),
    ...rows,
    needsSequence: !isSound() || framer.declared > 0 || cutter.skipped > 0,
  };
}

/** A framer for the middle of a capture. `last`: time of the packet before, µs UTC. */
export function framerOf(head: CaptureHead, host: FramerHost, last = Number.NaN): PcapFramer | PcapngFramer {
  return head.format === "pcap"
    ? new PcapFramer(host, head.header, last)
    : new PcapngFramer(host, head.section);
}

/** Where the first record that begins in the stretch is supposed to begin: the stretch's end when none seems to. */
function supposed(head: CaptureHead, file: StretchBytes, { from, to }: Stretch): number {
  for (let size = PIECE; ; size *= 4) {
    const bytes = file.bytes(from, Math.min(from + size, to));
    const at =
      head.format === "pcap" ? supposePcap(bytes, head.header) : supposePcapng(bytes, head.section, from);
    if (at >= 0) return Math.min(to, from + at);
    if (bytes.length < size || size >= SUPPOSED_WITHIN) return to;
  }
}
