/**
 * What is used of the reference decoder of Zstandard (RFC 8878, facebook/zstd `lib/zstd.h`), compiled to WebAssembly. Pointers are
 * offsets in its memory; sizes are in bytes.
 */
export interface ZstdModule {
  /** Its buffer is another one each time the memory has grown. */
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  free(pointer: number): void;
  ZSTD_createDCtx(): number;
  ZSTD_freeDCtx(context: number): void;
  /** Input and output of this size are taken in one step. */
  ZSTD_DStreamInSize(): number;
  ZSTD_DStreamOutSize(): number;
  /**
   * Takes what it can of `ZSTD_inBuffer` and fills `ZSTD_outBuffer`, both `{ pointer, size, position }` of 32 bits each.
   * @returns 0 when a frame is complete and all of it was given, else a hint of what is still needed, or an error as a negative code
   */
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

let loading: Promise<ZstdModule> | undefined;

/** Loads the decoder, once in each thread. */
export function loadZstd(): Promise<ZstdModule> {
  return (loading ??= load());
}

/**
 * The library's own stream of pieces tells neither damage nor progress; the decoder below it does both. The library hands it out at one place: when it
 * is linked.
 */
async function load(): Promise<ZstdModule> {
  const { ZSTDDecoder } = await import("zstddec/stream");
  const decoder = new ZSTDDecoder();
  const link = decoder._init;
  let linked: unknown;
  decoder._init = (result: Parameters<typeof link>[0]) => {
    linked = result.instance.exports;
    link(result);
  };
  await withoutFetch(() => decoder.init());
  return linked as ZstdModule;
}

/**
 * Calls a function that takes the presence of `fetch` for a browser's: it would load Node's whole HTTP client (40 ms) to read what it has in
 * memory. Nobody else runs meanwhile.
 */
function withoutFetch<T>(action: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, "fetch");
  Reflect.deleteProperty(globalThis, "fetch");
  try {
    return action();
  } finally {
    if (own) Object.defineProperty(globalThis, "fetch", own);
  }
}
