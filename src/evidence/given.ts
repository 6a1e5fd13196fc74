import { LimitError } from "./archive/limits.js";
import { memberName, Names } from "./archive/member-name.js";
import { SpillFolder } from "./archive/spill-folder.js";
import type { FoundFile } from "./walk.js";

/** Bytes of evidence, all at once or as they come; text counts as UTF-8. */
export type GivenBytes =
  | Uint8Array
  | string
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** Evidence that lies in no file: what a program that uses this library has at hand. */
export interface GivenEvidence {
  /** How it is shown, as a path would be: `web1/dockerd.log`. Of several with one name all are read. */
  name: string;
  bytes: GivenBytes;
}

/** Files that were given as bytes, which are there until they are closed. */
export interface Given {
  files: FoundFile[];
  close(): void;
}

function chunksOf(bytes: GivenBytes): Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string> {
  return typeof bytes === "string" || bytes instanceof Uint8Array ? [bytes] : bytes;
}

const buffer = (chunk: Uint8Array | string): Buffer =>
  typeof chunk === "string"
    ? Buffer.from(chunk, "utf8")
    : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/**
 * Writes given bytes to a temporary folder, since evidence is read more than once and at any place. A stream that fails costs its
 * own end alone: what came before is read, and the failure is told.
 *
 * @param dir where the folder is made; default: the system's
 * @param signal ends the writing, with its reason as the error
 */
export async function takeGiven(
  evidence: readonly GivenEvidence[],
  dir: string | undefined,
  signal?: AbortSignal | undefined,
): Promise<Given> {
  const folder = new SpillFolder(dir);
  const names = new Names();
  const files: FoundFile[] = [];
  try {
    for (const { name, bytes } of evidence) {
      const shown = names.distinct(memberName(name).name);
      files.push(await written(shown, bytes, folder, signal));
    }
  } catch (error) {
    folder.close();
    throw error;
  }
  return { files, close: () => folder.close() };
}

async function written(
  shown: string,
  given: GivenBytes,
  folder: SpillFolder,
  signal: AbortSignal | undefined,
): Promise<FoundFile> {
  const file = folder.create();
  let message: string | undefined;
  try {
    for await (const chunk of chunksOf(given)) {
      signal?.throwIfAborted();
      file.write(buffer(chunk));
    }
  } catch (error) {
    if (error instanceof LimitError || signal?.aborted) throw error;
    message = `its end is missing: the stream failed (${error instanceof Error ? error.message : String(error)}); what came before was read`;
  } finally {
    file.close();
  }
  return {
    absolute: file.absolute,
    shown,
    bytes: file.bytes,
    isOurs: true,
    ...(message !== undefined && { problems: [{ path: shown, message, severity: "error" as const }] }),
  };
}
