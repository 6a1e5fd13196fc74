import { Bzip2Reader } from "./bzip2/reader.js";
import { chunksFrom } from "./fill.js";
import { XzReader } from "./xz.js";
import { loadXz } from "./xz-module.js";
import { zstdChunksHere } from "./zstd-chunks.js";

/**
 * The unpacked bytes of a file, unpacked by the calling thread as they are asked for. The same buffer may be filled again for each chunk.
 *
 * @param tap is told how many bytes were read of the packed file
 * @throws PackingError when the file is damaged or cut, after all readable bytes were delivered; the system's error
 */
export async function* unpackedChunks(
  file: string,
  packing: "zstd" | "xz" | "bzip2",
  tap?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  if (packing === "zstd") yield* zstdChunksHere(file, tap);
  else if (packing === "bzip2") yield* chunksFrom(file, (read) => new Bzip2Reader(read), tap);
  else {
    const xz = await loadXz();
    yield* chunksFrom(file, (read) => new XzReader(xz, read), tap);
  }
}
