import { giveBack } from "../evidence/give-back.js";
import type { RunContext } from "./context.js";
import { buffersOf, type Segment } from "./jobs.js";

/** What holds less is left to the garbage collector: bytes. */
const LEAST_BYTES = 16 << 10;

/** What takes segments that were read for an analysis when it needs them no more; nothing where they are kept for another one. */
export const lettingGo = ({ cache }: RunContext): typeof letGo | undefined => (cache ? undefined : letGo);

/**
 * Gives the memory of a segment's arrays back at once; they are empty then. They live long enough to become old garbage, of which V8 would
 * let tens of megabytes gather, and what a thread allocates and another frees much later leaves holes in the allocator's arenas.
 *
 * @param segment nobody may look at it any more
 */
export function letGo(segment: Segment): void {
  const buffers = buffersOf(segment);
  if (buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) >= LEAST_BYTES) giveBack(buffers);
}
