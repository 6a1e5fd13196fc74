import type { PacketAccounts } from "./accounts.js";
import { RecordCutter } from "./cutter.js";
import { Partners } from "./partners.js";
import type { PacketRows } from "./row-decoder.js";
import { RowWriter } from "./row-writer.js";
import { type Asked, PacketScan } from "./scan.js";
import { type CaptureHead, framerOf } from "./segment-reader.js";

const NOTHING = Buffer.alloc(0);

/**
 * Reads a capture from somewhere to its end, and gives its rows a chunk at a time: where it is packed, or where what a record
 * says depends on those before it.
 */
export class PacketSequence {
  private readonly scan: PacketScan;
  private readonly cutter: RecordCutter;
  /** File offset of the next chunk, and the bytes before it that belong to a record which it goes on with. */
  private at: number;
  private begun: Buffer = NOTHING;

  /**
   * @param accounts of all packets before; they are carried on
   * @param from where to begin, when that is not the file's beginning: a record's offset
   */
  constructor(
    private readonly source: number,
    asked: Asked,
    private readonly accounts: PacketAccounts,
    from?: { readonly head: CaptureHead; readonly offset: number },
  ) {
    const rows = new RowWriter();
    this.scan = new PacketScan(asked, rows, new Partners(rows));
    this.at = from?.offset ?? 0;
    const framer = from && framerOf(from.head, this.scan, accounts.last);
    this.cutter = this.scan.cutter = new RecordCutter(this.scan, framer, from?.offset);
  }

  /** Takes the next bytes, which may be overwritten afterwards. Gives the rows of the records that they complete. */
  push(chunk: Buffer): PacketRows {
    const bytes = Buffer.concat([this.begun, chunk]);
    const first = this.at - this.begun.length;
    this.at += chunk.length;
    const rows = this.rowsOf(bytes, first, () => this.cutter.push(chunk));
    this.begun = Buffer.from(bytes.subarray(Math.min(bytes.length, this.cutter.position - first)));
    return rows;
  }

  /** Ends the file. The accounts are still to be closed. */
  end(): PacketRows {
    return this.rowsOf(this.begun, this.at - this.begun.length, () => this.cutter.end());
  }

  private rowsOf(bytes: Buffer, first: number, read: () => void): PacketRows {
    const { scan, cutter, accounts, source } = this;
    const begin = cutter.position;
    const before = accounts.records;
    scan.begin(begin, first, accounts, bytes);
    read();
    const segment = {
      begin,
      end: cutter.position,
      counts: accounts.counts(),
      ...scan.take(bytes),
      needsSequence: false,
    };
    return { source, before, segment };
  }
}
