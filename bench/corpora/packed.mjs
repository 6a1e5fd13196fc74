import { spawnSync } from "node:child_process";
import fs from "node:fs";

const COMMAND = {
  gz: (file) => ["gzip", ["-n", "-6", "-c", file]],
  zst: (file) => ["zstd", ["-q", "-3", "-T1", "-c", file]],
};

/** A file packed with the usual tool at its usual level; `undefined` where that is not installed. */
export function packed(file, ending) {
  const target = `${file}.${ending}`;
  if (fs.existsSync(target)) return target;
  const [command, args] = COMMAND[ending](file);
  const fd = fs.openSync(`${target}.part`, "w");
  const { status } = spawnSync(command, args, { stdio: ["ignore", fd, "inherit"] });
  fs.closeSync(fd);
  if (status !== 0) return undefined;
  fs.renameSync(`${target}.part`, target);
  return target;
}
