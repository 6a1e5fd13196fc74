import type { CaptureInterface, CaptureNote } from "./framer.js";
import { type Resolution, resolutionOf } from "./pcapng-time.js";

/** Block types of draft-ietf-opsawg-pcapng that are read; the others are skipped. */
export const BLOCK = {
  INTERFACE: 1,
  PACKET: 2,
  SIMPLE_PACKET: 3,
  STATISTICS: 5,
  ENHANCED_PACKET: 6,
  SECTION: 0x0a0d0d0a,
} as const;

export interface NgInterface extends CaptureInterface {
  snapLength: number;
  resolution: Resolution;
}

/** Reads numbers in the section's byte order. */
export interface Order {
  u16(bytes: Buffer, at: number): number;
  u32(bytes: Buffer, at: number): number;
}

export const LITTLE: Order = {
  u16: (b, at) => b[at]! | (b[at + 1]! << 8),
  u32: (b, at) => (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0,
};
export const BIG: Order = {
  u16: (b, at) => (b[at]! << 8) | b[at + 1]!,
  u32: (b, at) => ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0,
};

/** Calls `take` for each option in `[from, to)`; stops at the end mark or at one that does not fit. */
function eachOption(
  bytes: Buffer,
  from: number,
  to: number,
  order: Order,
  take: (code: number, at: number, length: number) => void,
): void {
  let at = from;
  while (at + 4 <= to) {
    const code = order.u16(bytes, at);
    const length = order.u16(bytes, at + 2);
    if (code === 0 || at + 4 + length > to) return;
    take(code, at + 4, length);
    at += 4 + ((length + 3) & ~3);
  }
}

/** Reads the body `[from, to)` of an Interface Description Block. `undefined` when it is too short. */
export function readInterface(
  bytes: Buffer,
  from: number,
  to: number,
  order: Order,
): NgInterface | undefined {
  if (from + 8 > to) return undefined;
  let name: string | undefined;
  let tsresol = 6;
  let offset = 0;
  eachOption(bytes, from + 8, to, order, (code, at, length) => {
    if (code === 2 && length > 0 && length <= 256) name = interfaceName(bytes, at, length);
    else if (code === 9 && length === 1) tsresol = bytes[at]!;
    else if (code === 14 && length === 8) offset = signed64(bytes, at, order);
  });
  return {
    linkType: order.u16(bytes, from),
    snapLength: order.u32(bytes, from + 4),
    // "any" says where the capture was made, not where a packet was seen.
    name: name === "any" ? undefined : name,
    resolution: resolutionOf(tsresol, offset),
  };
}

function interfaceName(bytes: Buffer, at: number, length: number): string | undefined {
  let end = at;
  while (end < at + length && bytes[end] !== 0) end++;
  const name = bytes.toString("utf8", at, end);
  return name === "" ? undefined : name;
}

function signed64(bytes: Buffer, at: number, order: Order): number {
  const first = order.u32(bytes, at);
  const second = order.u32(bytes, at + 4);
  const [high, low] = order === LITTLE ? [second, first] : [first, second];
  return (high | 0) * 4294967296 + low;
}

const COMMENT = 1;
const MOST_COMMENT = 4096;

/** What the options of an Enhanced Packet Block say of its packet. */
export interface PacketOptions {
  /** `epb_flags`: direction and reception type, in tcpdump's words. */
  direction: string | undefined;
  /** `opt_comment` and `epb_dropcount`. */
  comment: string | undefined;
  dropped: number;
}

/** Reads a packet's options in `[from, to)` (options 1, 2 and 4) into `packet`. */
export function readPacketOptions(
  bytes: Buffer,
  from: number,
  to: number,
  order: Order,
  packet: PacketOptions,
): void {
  packet.direction = undefined;
  packet.comment = undefined;
  packet.dropped = 0;
  eachOption(bytes, from, to, order, (code, at, length) => {
    if (code === 2 && length === 4) packet.direction = directionOf(order.u32(bytes, at));
    else if (code === COMMENT) packet.comment = commentAt(bytes, at, length);
    else if (code === 4 && length === 8) packet.dropped = Math.max(0, signed64(bytes, at, order));
  });
}

function directionOf(flags: number): string | undefined {
  const reception = (flags >>> 2) & 7;
  switch (flags & 3) {
    case 1:
      return reception === 2 ? "M" : reception === 3 ? "B" : reception === 4 ? "P" : "In";
    case 2:
      return "Out";
    default:
      return undefined;
  }
}

const commentAt = (bytes: Buffer, at: number, length: number): string =>
  bytes.toString("utf8", at, at + Math.min(length, MOST_COMMENT));

/** The comment among the options in `[from, to)` of any block. */
export function commentIn(bytes: Buffer, from: number, to: number, order: Order): string | undefined {
  let comment: string | undefined;
  eachOption(bytes, from, to, order, (code, at, length) => {
    if (code === COMMENT) comment ??= commentAt(bytes, at, length);
  });
  return comment;
}

/** What an Interface Statistics Block says: `isb_ifdrop` and `isb_osdrop` (options 5 and 7), added up, and its comment. */
export function readStatistics(
  bytes: Buffer,
  from: number,
  to: number,
  order: Order,
): Omit<CaptureNote, "name"> | undefined {
  let dropped = 0;
  eachOption(bytes, from, to, order, (code, at, length) => {
    if ((code === 5 || code === 7) && length === 8) dropped += Math.max(0, signed64(bytes, at, order));
  });
  const comment = commentIn(bytes, from, to, order);
  if (dropped === 0 && comment === undefined) return undefined;
  return { ...(dropped > 0 && { dropped, since: "start" }), ...(comment !== undefined && { comment }) };
}
