import v8 from "node:v8";
import vm from "node:vm";

/** So many bytes are read between two collections. One takes some milliseconds, reading so much a hundred times as long. */
const EVERY_BYTES = 512 << 20;

/**
 * Keeps memory the same however long the reading goes on. V8 leaves old garbage alone until there are hundreds of megabytes: what is in
 * use here are a few, and the rest would only make the process larger with every gigabyte.
 *
 * @returns to be told of bytes that were read
 */
export function tidier(): (bytes: number) => void {
  let collect: (() => void) | undefined;
  let since = 0;
  return (bytes) => {
    since += bytes;
    if (since < EVERY_BYTES) return;
    since = 0;
    collect ??= collector();
    collect();
  };
}

/** V8's collector, which programs are not shown unless they ask. */
function collector(): () => void {
  v8.setFlagsFromString("--expose-gc");
  const gc = vm.runInNewContext("gc") as () => void;
  v8.setFlagsFromString("--no-expose-gc");
  return gc;
}
