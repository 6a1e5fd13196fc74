import v8 from "node:v8";
import vm from "node:vm";

/** Memory is looked at whenever so many bytes were read. */
const LOOK_BYTES = 16 << 20;

/** So much more than after the last collection may be in use, in bytes: most of it is garbage. */
const MOST_GARBAGE = 64 << 20;

const inUse = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/**
 * Keeps memory the same however long the reading goes on. V8 leaves old garbage alone until there are hundreds of megabytes: what is in
 * use here are some tens, and the rest would only make the process larger with every gigabyte.
 *
 * @returns to be told of bytes that were read
 */
export function tidier(): (bytes: number) => void {
  let since = 0;
  let least = Number.POSITIVE_INFINITY;
  return (bytes) => {
    since += bytes;
    if (since < LOOK_BYTES) return;
    since = 0;
    const used = inUse();
    least = Math.min(least, used);
    if (used - least < MOST_GARBAGE) return;
    collectGarbage();
    least = inUse();
  };
}

let collect: (() => void) | undefined;

/** Gives back what nobody holds any more. Takes some milliseconds for each ten megabytes that somebody does. */
export function collectGarbage(): void {
  collect ??= collector();
  collect();
}

/** V8's collector, which programs are not shown unless they ask. */
function collector(): () => void {
  v8.setFlagsFromString("--expose-gc");
  const gc = vm.runInNewContext("gc") as () => void;
  v8.setFlagsFromString("--no-expose-gc");
  return gc;
}
