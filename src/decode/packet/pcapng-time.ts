/** How a pcapng interface counts time: options if_tsresol and if_tsoffset. */
export interface Resolution {
  /** Units per second. */
  unitsPerSecond: bigint;
  /** Seconds to add. */
  offset: number;
  kind: "micro" | "nano" | "other";
}

/** `if_tsresol`: a power of ten, or of two when the highest bit is set. Default: microseconds. */
export function resolutionOf(tsresol: number, offset: number): Resolution {
  const power = BigInt(tsresol & 0x7f);
  const unitsPerSecond = (tsresol & 0x80) !== 0 ? 2n ** power : 10n ** power;
  const kind = unitsPerSecond === 1_000_000n ? "micro" : unitsPerSecond === 1_000_000_000n ? "nano" : "other";
  return { unitsPerSecond, offset, kind };
}

const WORD = 4294967296;

/** A time in µs since the epoch, and the nanoseconds below. */
export interface Instant {
  time: number;
  ns: number;
}

/**
 * The time stamp `high · 2³² + low` in units of `resolution`, written into `into`. Microseconds and nanoseconds
 * (all but exotic files) go without BigInt: the high word is divided first, so that nothing exceeds 2⁵³.
 */
export function instantOf(high: number, low: number, resolution: Resolution, into: Instant): void {
  const shift = resolution.offset * 1_000_000;
  if (resolution.kind === "micro") {
    into.time = high * WORD + low + shift;
    into.ns = 0;
  } else if (resolution.kind === "nano") {
    const rest = high % 1000;
    const remainder = rest * WORD + low;
    const micros = Math.floor(remainder / 1000);
    into.time = ((high - rest) / 1000) * WORD + micros + shift;
    into.ns = remainder - micros * 1000;
  } else {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const nanos = (units * 1_000_000_000n) / resolution.unitsPerSecond;
    into.time = Number(nanos / 1000n) + shift;
    into.ns = Number(nanos % 1000n);
  }
  // Beyond the exact integers (the year 2255) there is no time to speak of.
  if (!Number.isSafeInteger(into.time)) {
    into.time = Number.NaN;
    into.ns = 0;
  }
}
