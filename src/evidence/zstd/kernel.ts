import { KERNEL } from "./generated.js";

/** Addresses that the kernel uses, in bytes: kernel/memory.ts. */
export const PACKED = 0x60000;
export const RING = 0x90000;
/** No block is longer, in bytes, neither packed nor unpacked (RFC 8878, 3.1.1.2.4). */
export const MOST_BLOCK = 128 << 10;
/** So many bytes behind a block's end may be written to. */
export const MARGIN = 64;

/** No window is larger, in bytes: decoders need not know larger ones (RFC 8878, 3.1.1.1.2). */
export const MOST_WINDOW = 8 << 20;
/** The ring holds the window, a block that is being unpacked, and what is left of its end when it turns. */
export const ringFor = (window: number): number => window + 2 * (MOST_BLOCK + MARGIN);

const PAGE = 64 << 10;
const PAGES = Math.ceil((RING + ringFor(MOST_WINDOW)) / PAGE);

/** What the kernel exports; addresses and lengths are in bytes. Its functions are described where they are defined: kernel/index.ts. */
interface Exports {
  beginFrame(): void;
  unpackBlock(from: number, size: number, to: number, reach: number, turn: number): number;
  beginChecksum(): void;
  takeStripes(from: number, end: number): number;
  endChecksum(from: number, end: number, total: number): number;
}

/** The decoder of compressed blocks, with a memory of its own. */
export interface Kernel extends Exports {
  readonly bytes: Buffer;
}

let compiled: WebAssembly.Module | undefined;
/** One that is not used at the moment: V8 collects garbage for each new memory. */
let idle: Kernel | undefined;

/**
 * Lends a kernel, of which nothing must be used when it was returned.
 * @throws where WebAssembly or its SIMD instructions are missing, or there is no room for its memory
 */
export function borrowKernel(): Kernel {
  const kernel = idle ?? makeKernel();
  idle = undefined;
  return kernel;
}

export function returnKernel(kernel: Kernel): void {
  idle = kernel;
}

function makeKernel(): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNEL, "base64"));
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { ...(exports as unknown as Exports), bytes: Buffer.from(memory.buffer) };
}
