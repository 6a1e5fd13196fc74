import { MAX_CAPTURED } from "./framer.js";
import { type PcapHeader, u32At } from "./pcap-header.js";
import { MAX_READ, READ } from "./pcapng.js";
import { BIG, BLOCK, LITTLE } from "./pcapng-blocks.js";
import type { SectionState } from "./pcapng-section.js";

/** A capture has no marks at which a reader could begin: so many records in a row are no accident. */
const CHAIN = 8;
/** Packets that follow one another are seldom further apart: seconds. */
const NEAR = 86400;

/** Where in `bytes` a chain of records begins, -1 when none does. The bytes may end inside it. */
export function supposePcap(bytes: Buffer, head: PcapHeader): number {
  for (let at = 0; at + head.header <= bytes.length; at++) {
    if (isChain(bytes, at, (from, before) => pcapRecordAt(bytes, from, before, head))) return at;
  }
  return -1;
}

/** The same for the blocks of a pcapng file; `phase`: what is to be added to an offset in `bytes` to make it one of the file. */
export function supposePcapng(bytes: Buffer, section: SectionState, phase: number): number {
  const order = section.little ? LITTLE : BIG;
  const next = (at: number): number => {
    if (at + 12 > bytes.length) return bytes.length;
    const type = order.u32(bytes, at);
    const length = order.u32(bytes, at + 4);
    if (!READ.has(type) || type === BLOCK.SECTION || length < 16 || length > MAX_READ || (length & 3) !== 0)
      return -1;
    const end = at + length;
    return end <= bytes.length && order.u32(bytes, end - 4) !== length ? -1 : end;
  };
  for (let at = (4 - (phase & 3)) & 3; at + 12 <= bytes.length; at += 4)
    if (isChain(bytes, at, next)) return at;
  return -1;
}

/** Whether records lie in a row from `at` on: `next` gives where the one behind begins, -1 when there is no record. */
function isChain(bytes: Buffer, at: number, next: (at: number, before: number) => number): boolean {
  let from = at;
  let before = -1;
  for (let i = 0; i < CHAIN; i++) {
    const end = next(from, before);
    if (end < 0) return false;
    if (end >= bytes.length) return i > 0;
    before = from;
    from = end;
  }
  return true;
}

function pcapRecordAt(
  bytes: Buffer,
  at: number,
  before: number,
  { little, units, header, limit }: PcapHeader,
): number {
  if (at + header > bytes.length) return bytes.length;
  const captured = u32At(bytes, at + 8, little);
  if (captured === 0 || captured > limit) return -1;
  // Read four bytes too late, the two lengths and the frame's beginning look like times and lengths in every record of the chain; but
  // a packet is there as a whole, or up to the snap length.
  const original = u32At(bytes, at + 12, little);
  if (original !== captured && (captured !== limit || original > MAX_CAPTURED * 4)) return -1;
  if (u32At(bytes, at + 4, little) >= units) return -1;
  const isNear = before < 0 || Math.abs(u32At(bytes, at, little) - u32At(bytes, before, little)) <= NEAR;
  return isNear ? at + header + captured : -1;
}
