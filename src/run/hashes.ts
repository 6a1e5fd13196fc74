import { Hasher } from "../evidence/hash.js";
import type { FoundFile } from "../evidence/walk.js";
import type { Surveyed } from "./survey.js";

/**
 * Begins to hash: the sooner, the better, as no part of reading one file is as serial. Hashing takes about as long as reading; with half
 * as many threads both end at about the same time, and each thread costs some megabytes.
 */
export const beginHashing = (files: readonly FoundFile[], jobs: number): Hasher =>
  new Hasher(files, Math.ceil(jobs / 2));

/** Writes each source's SHA-256 into its accounts, or why there is none. */
export async function noteHashes(
  sources: readonly Pick<Surveyed, "source" | "file">[],
  hasher: Hasher,
): Promise<void> {
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
