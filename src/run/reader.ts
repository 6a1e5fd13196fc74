import { buffersOf, type Job, readJob, type Segment } from "./jobs.js";
import { type KitParts, kitOf } from "./kit.js";
import { sendable, type Timed } from "./pool.js";
import { HELPING, tidier } from "./tidy.js";

/** Makes what reads stretches of evidence in a thread of its own. */
export function reader(parts: KitParts): (job: Job) => Promise<Timed<Segment>> {
  const kit = kitOf(parts);
  const tidy = tidier(HELPING);
  return async (job) => {
    const ready = await kit;
    const begun = performance.now();
    const result = readJob(job, ready, false);
    tidy(job.stretch.to - job.stretch.from);
    return sendable({ result, ms: performance.now() - begun }, buffersOf(result));
  };
}
