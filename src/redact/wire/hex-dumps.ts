import { decodePacket } from "../../decode/packet/decode.js";
import { Frame } from "../../decode/packet/frame.js";
import { wantedKinds } from "../../decode/packet/kinds.js";
import { LINKTYPE } from "../../decode/packet/link.js";
import type { Span } from "../text/span.js";
import type { TextMasker } from "../text-masker.js";
import { PacketMasker } from "./packet.js";

/** A line of tcpdump's `-x` and `-X`: offset, hexadecimal digits in groups, and what of it can be printed. */
const LINE = /^([ \t]+0x[0-9a-f]{4,6}: {1,2})((?:[0-9a-f]{2,4} ?){1,8})( *)(.*)$/;
const FIRST = "0x0000:";
/** `-x` and `-X` begin at the IP header; `-xx` and `-XX` at the link layer's. */
const LINK_TYPES = [LINKTYPE.RAW, LINKTYPE.ETHERNET, LINKTYPE.LINUX_SLL2, LINKTYPE.LINUX_SLL];
const MOST_LINES = 8192;
const MOST_INDENT = 64;

interface DumpLine {
  start: number;
  head: string;
  hex: string;
  gap: string;
  shown: string;
}

/** Finds dumps of packets in tcpdump's text, and masks the packets. Those whose beginning is not understood become zeros. */
export function findHexDumps(text: string, masker: TextMasker, spans: Span[]): void {
  for (let at = text.indexOf(FIRST); at >= 0; at = text.indexOf(FIRST, at + FIRST.length)) {
    let start = at;
    while (at - start < MOST_INDENT && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
    if (start > 0 && text[start - 1] !== "\n") continue;
    const lines = linesFrom(text, start);
    if (lines.length === 0) continue;
    const bytes = Buffer.from(lines.map(({ hex }) => hex.replaceAll(" ", "")).join(""), "hex");
    maskBytes(bytes, masker);
    let done = 0;
    for (const line of lines) {
      const count = line.hex.replaceAll(" ", "").length / 2;
      const part = bytes.subarray(done, done + count);
      done += count;
      const now = line.head + hexLike(line.hex, part) + line.gap + shownLike(line.shown, part);
      const end = line.start + line.head.length + line.hex.length + line.gap.length + line.shown.length;
      if (text.slice(line.start, end) !== now)
        spans.push({ start: line.start, end, text: now, secret: true });
    }
    at = lines.at(-1)!.start;
  }
}

function linesFrom(text: string, from: number): DumpLine[] {
  const lines: DumpLine[] = [];
  let length = 0;
  for (let start = from; start < text.length && lines.length < MOST_LINES; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const [, head, hex, gap, shown] = LINE.exec(text.slice(start, end)) ?? [];
    if (head === undefined || Number.parseInt(head.trim().slice(2), 16) !== length) break;
    lines.push({ start, head, hex: hex!, gap: gap!, shown: shown! });
    length += hex!.replaceAll(" ", "").length / 2;
    start = end + 1;
  }
  return lines;
}

function maskBytes(bytes: Buffer, masker: TextMasker): void {
  const link = LINK_TYPES.find((type) => isPacket(bytes, type));
  if (link === undefined) bytes.fill(0);
  else new PacketMasker(masker).mask(bytes, 0, bytes.length, link);
}

function isPacket(bytes: Buffer, linkType: number): boolean {
  const frame = new Frame();
  frame.start(bytes, 0, bytes.length, bytes.length);
  let read = false;
  decodePacket(frame, linkType, wantedKinds(), () => {
    read = true;
  });
  return read;
}

/** The bytes in the groups of the line that they stood in. */
function hexLike(was: string, bytes: Buffer): string {
  const digits = bytes.toString("hex");
  let at = 0;
  return was.replace(/[0-9a-f]/g, () => digits[at++]!);
}

/** What tcpdump prints of the bytes (print-ascii.c): nothing where the line had nothing. */
const shownLike = (was: string, bytes: Buffer): string =>
  was.length === bytes.length ? bytes.toString("latin1").replace(/[^\x21-\x7e]/g, ".") : was;
