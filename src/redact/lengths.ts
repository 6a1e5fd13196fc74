import type { TextMasker } from "./text-masker.js";

/**
 * Masks texts in which lengths stand before what they count: the lengths must become those of the masked texts. Both take a whole file,
 * as bytes written as characters (latin1).
 */

const NAME = /([A-Z0-9_]{1,64})\n/y;
const LENGTH_BYTES = 8;

/** journald's export format (systemd.io/JOURNAL_EXPORT_FORMATS): a field with a newline has its length, 64 bits, before it. */
export function maskJournalExport(text: string, masker: TextMasker): string {
  const out: string[] = [];
  let plain = 0;
  let at = 0;
  while (at < text.length) {
    NAME.lastIndex = at;
    const [field] = NAME.exec(text) ?? [];
    const from = at + (field?.length ?? 0) + LENGTH_BYTES;
    const length = field === undefined || from > text.length ? -1 : readLength(text, from - LENGTH_BYTES);
    if (length < 0 || text[from + length] !== "\n") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end + 1;
      continue;
    }
    out.push(masker.text(text.slice(plain, at)));
    const value = masker.text(text.slice(from, from + length));
    const size = Buffer.alloc(LENGTH_BYTES);
    size.writeBigUInt64LE(BigInt(value.length));
    out.push(field!, size.toString("latin1"), value, "\n");
    plain = at = from + length + 1;
  }
  out.push(masker.text(text.slice(plain)));
  return out.join("");
}

function readLength(text: string, at: number): number {
  const length = Buffer.from(text.slice(at, at + LENGTH_BYTES), "latin1").readBigUInt64LE();
  return length > BigInt(text.length) ? -1 : Number(length);
}

const FRAME_HEADER = 8;

/** What the Engine API sends for a container without a terminal: frames of a stream's number, three zeros and a length. */
export function maskDockerStream(text: string, masker: TextMasker): string {
  const out: string[] = [];
  let at = 0;
  while (at + FRAME_HEADER <= text.length) {
    const header = Buffer.from(text.slice(at, at + FRAME_HEADER), "latin1");
    const end = Math.min(text.length, at + FRAME_HEADER + header.readUInt32BE(4));
    const body = masker.text(text.slice(at + FRAME_HEADER, end));
    header.writeUInt32BE(body.length, 4);
    out.push(header.toString("latin1"), body);
    at = end;
  }
  return out.join("") + masker.text(text.slice(at));
}
