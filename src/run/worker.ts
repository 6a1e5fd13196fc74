/** A thread that reads stretches of evidence: `dist/worker.js`. */
import { workerData } from "node:worker_threads";
import { buffersOf, type Job, readJob, type Segment } from "./jobs.js";
import { type KitParts, kitOf } from "./kit.js";
import { sendable, type Timed } from "./pool.js";

const kit = kitOf(workerData as KitParts);

export default async function read(job: Job): Promise<Timed<Segment>> {
  const ready = await kit;
  const begun = performance.now();
  const result = readJob(job, ready, false);
  return sendable({ result, ms: performance.now() - begun }, buffersOf(result));
}
