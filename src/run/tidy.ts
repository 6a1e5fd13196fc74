import v8 from "node:v8";
import vm from "node:vm";

/** How much garbage may lie about, and how often somebody looks whether it does. Bytes. */
export interface Tidiness {
  /** Memory is looked at whenever so many bytes were read. */
  readonly every: number;
  /** So much more than after the last collection may be in use: most of it is garbage. */
  readonly most: number;
  /** The same of V8's heap alone: what lies beside it, arrays of numbers and bytes, is mostly about to be sent away; default: no bound of its own. */
  readonly heap?: number;
}

/** Of what is read from beginning to end hardly anything is kept, and a collection takes its time. */
const READING: Tidiness = { every: 16 << 20, most: 64 << 20 };

/** Where hundreds of sources are read, what is kept of each is some tens of megabytes already: less garbage may lie beside it. */
export const CROWDED: Tidiness = { every: 8 << 20, most: 24 << 20 };

/** What a thread that reads keeps is little: it has sent away what it made. */
export const HELPING: Tidiness = { every: 4 << 20, most: 16 << 20, heap: 8 << 20 };

/** `process.memoryUsage` would read a file of the kernel's as well, for which a thread beside busy ones waits a millisecond. */
const inUse = (): { heap: number; all: number } => {
  const { used_heap_size: heap, external_memory } = v8.getHeapStatistics();
  return { heap, all: heap + external_memory };
};

/**
 * Keeps memory the same however long the reading goes on. V8 leaves old garbage alone until there are hundreds of megabytes: what is in
 * use here are some tens, and the rest would only make the process larger with every gigabyte.
 *
 * @returns to be told of bytes that were read
 */
export function tidier({
  every,
  most,
  heap = Number.POSITIVE_INFINITY,
}: Tidiness = READING): (bytes: number) => void {
  let since = 0;
  let least = { heap: Number.POSITIVE_INFINITY, all: Number.POSITIVE_INFINITY };
  return (bytes) => {
    since += bytes;
    if (since < every) return;
    since = 0;
    const used = inUse();
    least = { heap: Math.min(least.heap, used.heap), all: Math.min(least.all, used.all) };
    if (used.all - least.all < most && used.heap - least.heap < heap) return;
    collectGarbage();
    least = inUse();
  };
}

let collect: (() => void) | undefined;

/** Gives back what nobody holds any more. Takes some milliseconds for each ten megabytes that somebody does. */
export function collectGarbage(): void {
  collect ??= collector();
  collect?.();
}

/** V8's collector, which programs are not shown unless they ask; `undefined` where another thread, which asked at the same moment, had it hidden again. */
function collector(): (() => void) | undefined {
  v8.setFlagsFromString("--expose-gc");
  const gc = vm.runInNewContext("globalThis.gc") as (() => void) | undefined;
  v8.setFlagsFromString("--no-expose-gc");
  return gc;
}
