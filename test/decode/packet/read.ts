import { type PacketOptions, PacketReader } from "../../../src/decode/packet/reader.js";
import type { Event } from "../../../src/model/event.js";

/** Reads a capture in chunks of `size` bytes, from one buffer that is filled again and again. */
export function readAll(
  bytes: Buffer,
  options: PacketOptions & { size?: number } = {},
): { events: Event[]; reader: PacketReader } {
  const { size = 1 << 20, ...rest } = options;
  const events: Event[] = [];
  const reader = new PacketReader(0, (batch) => events.push(...batch), rest);
  const chunk = Buffer.alloc(Math.min(size, bytes.length));
  for (let at = 0; at < bytes.length; at += size) {
    const filled = bytes.copy(chunk, 0, at, at + size);
    reader.push(chunk.subarray(0, filled));
  }
  reader.end();
  return { events, reader };
}
