/**
 * What is used of the XZ decoder of the Linux kernel (xz-embedded), compiled to WebAssembly in the package `xz-decompress`. A context is a block
 * of its memory that begins with seven numbers of 32 bits: the size of its two buffers, then of each buffer the pointer, the position
 * and the size.
 */
export interface XzModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  destroy_context(context: number): void;
  supply_input(context: number, length: number): void;
  /** Fills the output buffer. @returns a code of `xz.h`: 0: goes on, 1: the stream has ended, 2: goes on unverified, else damage */
  get_next_output(context: number): number;
}

/** Numbers of a context, by their place. */
export const CONTEXT = {
  bufferSize: 0,
  input: 1,
  inputAt: 2,
  inputSize: 3,
  output: 4,
  outputAt: 5,
  count: 7,
} as const;

let loading: Promise<XzModule> | undefined;

/** Loads the decoder, once in each thread. */
export function loadXz(): Promise<XzModule> {
  return (loading ??= load());
}

/** The library's own class unpacks web streams, one at a time, and never in place; it keeps the decoder below it where it can be reached. */
async function load(): Promise<XzModule> {
  const { default: library } = await import("xz-decompress");
  const holder = library.XzReadableStream as unknown as {
    _getModuleInstance(): Promise<void>;
    _moduleInstance: { exports: XzModule };
  };
  await holder._getModuleInstance();
  return holder._moduleInstance.exports;
}
