import { type PacketForm, PacketKernel, RAN } from "../../scan/packets.js";
import { PacketAccounts } from "./accounts.js";
import type { CaptureInterface } from "./framer.js";
import { LINKTYPE } from "./link.js";
import { Partners } from "./partners.js";
import { type PcapHeader, u32At } from "./pcap-header.js";
import { type PacketSegment, ROW, ROW_WORDS } from "./row.js";
import { RowWriter } from "./row-writer.js";
import { type Asked, PacketScan } from "./scan.js";
import type { StretchBytes } from "./stretch-bytes.js";

/** Link layers that the kernel sees through, behind VLAN tags or none. */
const LINKS: ReadonlySet<number> = new Set([
  LINKTYPE.ETHERNET,
  LINKTYPE.RAW,
  LINKTYPE.LINUX_SLL,
  LINKTYPE.LINUX_SLL2,
]);

/** Has room for stretches of the length that was asked for last. Absent while it is at work, and where it cannot be made. */
let idle: KernelReader | undefined;
let isRefused = process.env["HINDCAST_SCANNER"] === "js";

/** A reader for such a capture, with room for so many bytes; `undefined` when it is to be read without a kernel. */
export function kernelReader({ linkType }: PcapHeader, room: number): KernelReader | undefined {
  if (isRefused || !LINKS.has(linkType)) return undefined;
  const reader = idle !== undefined && idle.room.length >= room ? idle : made(room);
  idle = undefined;
  return reader;
}

/** It is no longer in use: the next one may have it. */
export function giveBack(reader: KernelReader): void {
  idle = reader;
}

function made(room: number): KernelReader | undefined {
  try {
    return new KernelReader(room);
  } catch {
    // Some machines forbid making code at run time, or memory for it: the same is read without it, later.
    isRefused = true;
    return undefined;
  }
}

/**
 * Reads classic pcap files by the kernel: rows of packets of the usual build are made there, all others are handed to the scan that knows all.
 */
export class KernelReader {
  private readonly kernel: PacketKernel;
  private readonly rows: RowWriter;
  private readonly partners: Partners;

  constructor(room: number) {
    this.kernel = new PacketKernel(room, ROW_WORDS);
    this.rows = new RowWriter(this.kernel);
    this.partners = new Partners(this.rows);
  }

  /** Where the bytes of a stretch are to lie. */
  get room(): Buffer {
    return this.kernel.room;
  }

  /**
   * Reads the packets whose records begin in [begin, to), as `readPacketSegment` does. Gives nothing when a record cannot be true, or is cut
   * off, or too large: then all is to be read without the kernel.
   *
   * @param file whose bytes come into the room
   * @param piece so many bytes are read at once
   */
  read(
    header: PcapHeader,
    asked: Asked,
    file: StretchBytes,
    begin: number,
    to: number,
    piece: number,
  ): PacketSegment | undefined {
    const { kernel, rows } = this;
    const { first } = file;
    const accounts = new PacketAccounts("");
    const scan = new PacketScan(asked, rows, this.partners);
    scan.begin(begin, first, accounts, this.room);
    // Packets are handed to it by where they lie in the room.
    scan.cutter = { position: first };
    const capture: CaptureInterface = { linkType: header.linkType, name: undefined };
    const look = this.looker(header, capture, scan, first);
    rows.clear();
    kernel.begin(formOf(header, asked), begin - first, to - first);
    for (let filled = begin; ; ) {
      const ran = kernel.run(filled - first);
      if (ran === RAN.ODD || accounts.problems.list.length > 0) return undefined;
      if (ran === RAN.CLOSER) {
        look();
        continue;
      }
      const at = first + kernel.at;
      if (at >= to) break;
      // Behind the stretch lies the rest of its last record alone.
      const next =
        filled < to
          ? Math.min(to, (Math.floor(filled / piece) + 1) * piece)
          : this.endOf(header, at, filled, first);
      if (next - first > this.room.length) return undefined;
      const more = file.bytes(filled, next).length;
      if (more === 0) return undefined;
      filled += more;
    }
    accounts.records = kernel.packets;
    accounts.parsed += kernel.packets - kernel.stepped;
    accounts.from = kernel.from;
    accounts.to = kernel.to;
    accounts.last = kernel.last;
    rows.adopt(kernel.rows, capture);
    return {
      begin,
      end: first + kernel.at,
      counts: accounts.counts(),
      ...rows.takeCopied(kernel.frames.subarray(0, kernel.frameBytes)),
      needsSequence: false,
    };
  }

  /** Hands the record at which the kernel stands to the scan. */
  private looker(
    { little, units, header }: PcapHeader,
    capture: CaptureInterface,
    scan: PacketScan,
    first: number,
  ): () => void {
    const { kernel, rows, room } = this;
    const parts = units / 1_000_000;
    return () => {
      const { at } = kernel;
      const part = u32At(room, at + 4, little);
      const length = header + u32At(room, at + 8, little);
      const row = kernel.rows;
      const micros = Math.floor(part / parts);
      const time = u32At(room, at, little) * 1_000_000 + micros;
      rows.length = row;
      scan.accounts.records = kernel.packets;
      scan.packet(
        room,
        at + header,
        at + length,
        u32At(room, at + 12, little),
        time,
        part - micros * parts,
        capture,
        undefined,
        first + at,
        length,
      );
      if (rows.length > row) rows.words[row * ROW_WORDS + ROW.FRAME] = kernel.keep(at + header, at + length);
      kernel.step(at + length, rows.length, time);
    };
  }

  /** How far the bytes must be there to read the record that begins at `at`, or to know how long it is. */
  private endOf({ little, header }: PcapHeader, at: number, filled: number, first: number): number {
    if (at + header > filled) return at + header;
    return at + header + u32At(this.room, at - first + 8, little);
  }
}

function formOf(
  { little, units, header, limit, linkType }: PcapHeader,
  { wanted, heard }: Asked,
): PacketForm {
  const { query, answer, handshake, data, datagram } = wanted;
  const bits = [query, answer, handshake, data, datagram].reduce(
    (sum, is, bit) => sum | (Number(is) << bit),
    0,
  );
  return { little, nano: units === 1_000_000_000, header, limit, linkType, wanted: bits, heard };
}
