/** A thread that reads stretches of evidence: `dist/worker.js`. */
import { workerData } from "node:worker_threads";
import { readyScript } from "../ready.js";
import type { KitParts } from "./kit.js";

type Reading = typeof import("./reader.js");

/** Most of what a thread costs is compiling its code: it takes what the build has made ready, where V8 accepts that. */
const { reader } =
  readyScript<Reading>(new URL("./ready/", import.meta.url), "reader") ?? (await import("./reader.js"));

export default reader(workerData as KitParts);
