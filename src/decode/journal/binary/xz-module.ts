/**
 * What is used of the XZ decoder of the Linux kernel (xz-embedded), compiled to WebAssembly in the package `xz-decompress`. A context is a block
 * of its memory that begins with seven numbers of 32 bits: the size of its two buffers, then of each buffer the pointer, the position
 * and the size.
 */
interface XzModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  create_context(): number;
  destroy_context(context: number): void;
  supply_input(context: number, length: number): void;
  /** Fills the output buffer. @returns 0: goes on, 1: the stream has ended, else damage */
  get_next_output(context: number): number;
}

/** Numbers of a context, by their place. */
const CONTEXT = {
  bufferSize: 0,
  input: 1,
  inputAt: 2,
  inputSize: 3,
  output: 4,
  outputAt: 5,
  count: 7,
} as const;
const ENDED = 1;

/** Unpacks an xz stream into `target`. @returns how many bytes; `undefined`: it is damaged, or there is no room for it */
export type UnpackXz = (stream: Uint8Array, target: Uint8Array) => number | undefined;

let loading: Promise<UnpackXz> | undefined;

/** Loads the decoder, once in each thread. */
export function loadXz(): Promise<UnpackXz> {
  return (loading ??= load());
}

/** The library's own class unpacks web streams, and never in place; it keeps the decoder below it where it can be reached. */
async function load(): Promise<UnpackXz> {
  const { default: library } = await import("xz-decompress");
  const holder = library.XzReadableStream as unknown as {
    _getModuleInstance(): Promise<void>;
    _moduleInstance: { exports: XzModule };
  };
  await holder._getModuleInstance();
  const { exports } = holder._moduleInstance;
  return (stream, target) => unpack(exports, stream, target);
}

function unpack(xz: XzModule, stream: Uint8Array, target: Uint8Array): number | undefined {
  const context = xz.create_context();
  try {
    let [from, to] = [0, 0];
    for (;;) {
      // The memory may have grown, and be another.
      let numbers = new Uint32Array(xz.memory.buffer, context, CONTEXT.count);
      const isFed = from === stream.length;
      if (numbers[CONTEXT.inputAt] === numbers[CONTEXT.inputSize]) {
        const part = stream.subarray(from, from + numbers[CONTEXT.bufferSize]!);
        new Uint8Array(xz.memory.buffer, numbers[CONTEXT.input]).set(part);
        xz.supply_input(context, part.length);
        from += part.length;
      }
      const result = xz.get_next_output(context);
      if (result !== 0 && result !== ENDED) return undefined;
      numbers = new Uint32Array(xz.memory.buffer, context, CONTEXT.count);
      const count = numbers[CONTEXT.outputAt]!;
      // It may say only when it is asked once more that the stream has ended.
      if (to + count > target.length || (isFed && count === 0 && result !== ENDED)) return undefined;
      target.set(new Uint8Array(xz.memory.buffer, numbers[CONTEXT.output], count), to);
      to += count;
      numbers[CONTEXT.outputAt] = 0;
      if (result === ENDED) return to;
    }
  } finally {
    xz.destroy_context(context);
  }
}
