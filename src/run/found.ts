import { expand } from "../evidence/archive/expand.js";
import { type GivenEvidence, takeGiven } from "../evidence/given.js";
import { type FoundFile, type FoundLink, walk } from "../evidence/walk.js";
import type { Problem, Source } from "../model/source.js";

/** What there is to read, until it is closed. */
export interface Found {
  files: readonly FoundFile[];
  /** Nothing is left to be read of these: what they hold is among the files. */
  archives: readonly FoundFile[];
  /** Links that were not followed. */
  links: readonly FoundLink[];
  /** What was wrong with the paths. */
  problems: Problem[];
  close(): void;
}

/** A file, folder or glob pattern, or bytes with a name. */
export type Evidence = string | GivenEvidence;

/**
 * Finds the files below the paths, takes the bytes that were given beside, and opens the archives among all of them.
 * @param tmp a folder for what comes out of archives, and for given bytes; default: the system's
 * @param signal ends the finding, with its reason as the error
 */
export async function findFiles(
  evidence: readonly Evidence[],
  tmp: string | undefined,
  signal?: AbortSignal | undefined,
): Promise<Found> {
  const walked = await walk(evidence.filter((each) => typeof each === "string"));
  const given = await takeGiven(
    evidence.filter((each) => typeof each !== "string"),
    tmp,
    signal,
  );
  try {
    const { files, links, close } = await expand([...walked.files, ...given.files], { dir: tmp });
    signal?.throwIfAborted();
    return {
      files: files.filter(({ archive }) => !archive),
      archives: files.filter(({ archive }) => archive),
      links: [...walked.links, ...links],
      problems: walked.problems,
      close() {
        close();
        given.close();
      },
    };
  } catch (error) {
    given.close();
    throw error;
  }
}

/** A file's accounts before anything was read of it. */
export const newSource = ({ shown, bytes, problems = [] }: FoundFile, id: number): Source => ({
  id,
  path: shown,
  sha256: "",
  bytes,
  format: "unknown",
  records: 0,
  parsed: 0,
  unparsed: 0,
  stamp: "none",
  clock: "",
  from: Number.NaN,
  to: Number.NaN,
  problems: [...problems],
});

/**
 * The accounts of archives: they are sources without records, so that their digests and what was wrong with them are told.
 * @param first id of the first
 */
export const archiveSources = (archives: readonly FoundFile[], first: number): Source[] =>
  archives.map((file, i) => ({ ...newSource(file, first + i), format: file.archive! }));
