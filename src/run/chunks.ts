import { openChunks } from "../evidence/open.js";
import type { RunContext } from "./context.js";
import type { Surveyed } from "./survey.js";

/** The bytes of a source, unpacked: work is counted. Throws as {@link openChunks}. */
export async function* chunksOf(
  { file, packing }: Pick<Surveyed, "file" | "packing">,
  { work, progress, chunkBytes }: RunContext,
): AsyncGenerator<Buffer> {
  for await (const chunk of openChunks(file.absolute, packing, progress, chunkBytes)) {
    work.bytes += chunk.length;
    yield chunk;
  }
}
