import fs from "node:fs";
import { collectScript } from "../api/collect.js";
import { type CollectOptions, PROBLEMS, wrongName } from "../api/collect-options.js";
import { VERSION } from "../version.js";
import type { CollectFlags } from "./collect-flags.js";
import { print, UsageError, writeWhole } from "./output.js";

/** `hindcast collect` */
export async function run(flags: CollectFlags): Promise<void> {
  const options: CollectOptions = {
    problems: flags.for === "all" ? PROBLEMS : [flags.for],
    duration: flags.duration,
    before: flags.before,
    interfaces: flags.interfaces ?? ["any"],
    maxSize: flags.maxSize,
    containers: flags.container ?? [],
    withEnv: flags.withEnv === true,
    strace: flags.strace ?? [],
    archive: flags.archive,
  };
  const wrong = wrongName(options);
  if (wrong !== undefined) throw new UsageError(wrong);
  const script = collectScript(options, VERSION);
  if (flags.output === undefined) return print(script);
  writeWhole(flags.output, script);
  fs.chmodSync(flags.output, 0o755);
}
