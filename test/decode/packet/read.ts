import { type PacketOptions, PacketReader } from "../../../src/decode/packet/reader.js";
import type { Event } from "../../../src/model/event.js";

/** Reads a capture in chunks of `size` bytes. */
export function readAll(
  bytes: Buffer,
  options: PacketOptions & { size?: number } = {},
): { events: Event[]; reader: PacketReader } {
  const { size = 1 << 20, ...rest } = options;
  const events: Event[] = [];
  const reader = new PacketReader(0, (batch) => events.push(...batch), rest);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return { events, reader };
}
