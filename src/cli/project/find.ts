import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Project } from "../../api/project.js";
import { UsageError } from "../output.js";
import { readNamed } from "../read-file.js";

/** Its name in the working directory, or above it. */
export const PROJECT_FILE = ".hindcast.yaml";
/** A project file of more bytes than this is none. */
const MOST_BYTES = 1 << 20;

/** `--config FILE`, `--no-config`, or neither. */
export interface ProjectFlags {
  config?: string | boolean;
}

/**
 * Looks for a project file from a folder upwards, as far as the root of the repository that it is in (a folder with `.git`), or the home folder.
 * @returns its path, or `undefined` for none
 */
export function findProjectFile(from: string, home = os.homedir()): string | undefined {
  for (let dir = path.resolve(from); ; dir = path.dirname(dir)) {
    const file = path.join(dir, PROJECT_FILE);
    if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
    const isTop = dir === home || dir === path.dirname(dir) || fs.existsSync(path.join(dir, ".git"));
    if (isTop) return undefined;
  }
}

const isIn = (file: string, dir: string): boolean => {
  const way = path.relative(path.resolve(dir), file);
  return !path.isAbsolute(way) && way !== ".." && !way.startsWith(`..${path.sep}`);
};

/**
 * The project file that holds for this run.
 *
 * One that lies in the evidence is not used unless it is named: whoever could write there could switch rules off.
 *
 * @param paths the evidence
 * @param warn is told of a file that is not used
 * @throws UsageError with the place of what is wrong in it
 */
export async function projectFor(
  { config }: ProjectFlags,
  paths: readonly string[],
  warn: (message: string) => void,
): Promise<Project | undefined> {
  if (config === false) return undefined;
  const isNamed = typeof config === "string";
  const found = isNamed ? config : findProjectFile(process.cwd());
  if (found === undefined) return undefined;
  if (!isNamed && paths.some((given) => isIn(found, given))) {
    warn(`${found}: it lies in the evidence and is not used; --config ${found} uses it`);
    return undefined;
  }
  const { loadProject } = await import("../../api/project.js");
  const shown = isNamed ? found : path.relative(process.cwd(), found);
  const result = loadProject(
    shown,
    readNamed(found, MOST_BYTES, "this is larger than 1 MiB, and no project file").toString("utf8"),
  );
  if ("problems" in result) throw new UsageError(result.problems.map(String).join("\n"));
  return result.project;
}
