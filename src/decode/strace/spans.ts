import { field, numberOf, type Value } from "./values.js";

/**
 * A `struct timeval` or `struct timespec` (`{tv_sec=5, tv_nsec=0}`, before strace 4.1x `{5, 0}`, or as raw memory) as
 * milliseconds; `undefined` when it is none (NULL: no limit).
 */
export function milliseconds(value: Value | undefined): number | undefined {
  if (value?.kind === "text") return rawTimeval(value.bytes);
  if (value?.kind !== "struct") return undefined;
  const seconds = numberOf(field(value, "tv_sec") ?? value.fields[0]?.value);
  if (seconds === undefined) return undefined;
  const micro = numberOf(field(value, "tv_usec"));
  const nano = numberOf(field(value, "tv_nsec"));
  const second = value.fields[1];
  const plain = second?.name === undefined ? numberOf(second?.value) : undefined;
  if (micro !== undefined) return seconds * 1000 + micro / 1000;
  if (nano !== undefined) return seconds * 1000 + nano / 1e6;
  // Without names: a timeval, or a timespec whose nanoseconds are too many for microseconds.
  return seconds * 1000 + (plain === undefined ? 0 : plain >= 1_000_000 ? plain / 1e6 : plain / 1000);
}

/** setsockopt's SO_RCVTIMEO as the bytes of a timeval, little-endian, of 64- or 32-bit numbers. */
function rawTimeval(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 16) return view.getUint32(0, true) * 1000 + view.getUint32(8, true) / 1000;
  if (bytes.length === 8) return view.getUint32(0, true) * 1000 + view.getUint32(4, true) / 1000;
  return undefined;
}
