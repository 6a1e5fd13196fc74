import { loadXz } from "../../../evidence/xz-module.js";
import { loadZstd, type ZstdModule } from "../../../evidence/zstd-module.js";
import { FLAG, PACKED } from "./layout.js";
import { unpackLz4Block } from "./lz4.js";
import { unpackXz } from "./unpack-xz.js";

/** Longer values are no words: they are left out of what is read of an entry. As long as any record may be (bytes). */
export const MOST_UNPACKED = 1 << 20;

/** Unpacks a payload. @returns its bytes, good until the next call; `undefined`: it is damaged, or longer than {@link MOST_UNPACKED} */
export type Unpack = (packed: Uint8Array) => Uint8Array | undefined;

/** How payloads are unpacked, by the flag of their object. Those that the file's header does not announce are absent. */
export type Unpackers = ReadonlyMap<number, Unpack>;

/**
 * Loads what a file's payloads need (systemd, src/basic/compress.c: frames of zstd, streams of xz, bare blocks of lz4 behind their length).
 * @param flags the header's incompatible flags
 */
export async function loadUnpackers(flags: number): Promise<Unpackers> {
  const unpackers = new Map<number, Unpack>();
  const room = flags & (FLAG.xz | FLAG.lz4) ? new Uint8Array(MOST_UNPACKED) : new Uint8Array(0);
  const filled = (count: number | undefined) => (count === undefined ? undefined : room.subarray(0, count));
  if (flags & FLAG.zstd) unpackers.set(PACKED.zstd, zstdUnpacker(await loadZstd()));
  if (flags & FLAG.lz4)
    unpackers.set(PACKED.lz4, (packed) => filled(unpackLz4Block(packed.subarray(LENGTH_BYTES), room)));
  if (flags & FLAG.xz) {
    const xz = await loadXz();
    unpackers.set(PACKED.xz, (packed) => filled(unpackXz(xz, packed, room)));
  }
  return unpackers;
}

/** An lz4 payload begins with its unpacked length, in 64 bits. */
const LENGTH_BYTES = 8;

interface OneStepZstd extends ZstdModule {
  /** Unpacks whole frames. @returns how many bytes, or an error as a negative code */
  ZSTD_decompress(target: number, room: number, packed: number, size: number): number;
}

function zstdUnpacker(module: ZstdModule): Unpack {
  const zstd = module as OneStepZstd;
  // What is allocated once is there as long as the thread: memory of a WebAssembly module never shrinks.
  let target = 0;
  return (packed) => {
    target ||= zstd.malloc(MOST_UNPACKED);
    const source = zstd.malloc(packed.length);
    try {
      new Uint8Array(zstd.memory.buffer).set(packed, source);
      const count = zstd.ZSTD_decompress(target, MOST_UNPACKED, source, packed.length) | 0;
      return count < 0 ? undefined : new Uint8Array(zstd.memory.buffer, target, count);
    } finally {
      zstd.free(source);
    }
  };
}
