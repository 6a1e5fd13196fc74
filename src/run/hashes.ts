import { Hasher } from "../evidence/hash.js";
import type { FoundFile } from "../evidence/walk.js";
import type { Surveyed } from "./survey.js";

/** Hash threads beyond these would only take the readers' time. */
const MOST_HASHES = 4;

/** Begins to hash large files: the sooner, the better, as no other part of reading one file is as serial. */
export const beginHashing = (files: readonly FoundFile[], jobs: number): Hasher =>
  new Hasher(files, Math.min(jobs, MOST_HASHES));

/** Writes each source's SHA-256 into its accounts, or why there is none. */
export async function noteHashes(sources: readonly Surveyed[], hasher: Hasher): Promise<void> {
  for (const { source, file } of sources) {
    try {
      source.sha256 = await hasher.digest(file.absolute);
    } catch (error) {
      source.problems.push({
        path: source.path,
        message: `its SHA-256 could not be taken (${(error as Error).message})`,
        severity: "warning",
      });
    }
  }
}
