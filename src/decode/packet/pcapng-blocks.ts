import type { CaptureInterface } from "./framer.js";
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

/** `epb_flags` (option 2): direction and reception type, in tcpdump's words. */
export function directionOf(bytes: Buffer, from: number, to: number, order: Order): string | undefined {
  let direction: string | undefined;
  eachOption(bytes, from, to, order, (code, at, length) => {
    if (code !== 2 || length !== 4) return;
    const flags = order.u32(bytes, at);
    const way = flags & 3;
    const reception = (flags >>> 2) & 7;
    if (way === 2) direction = "Out";
    else if (way === 1) {
      direction = reception === 2 ? "M" : reception === 3 ? "B" : reception === 4 ? "P" : "In";
    }
  });
  return direction;
}

/** `isb_ifdrop` and `isb_osdrop` (options 5 and 7) of an Interface Statistics Block, added up. */
export function droppedOf(bytes: Buffer, from: number, to: number, order: Order): number {
  let dropped = 0;
  eachOption(bytes, from, to, order, (code, at, length) => {
    if ((code === 5 || code === 7) && length === 8) dropped += Math.max(0, signed64(bytes, at, order));
  });
  return dropped;
}
