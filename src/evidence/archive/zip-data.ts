import { PackingError } from "../packing-error.js";
import { crc32 } from "./crc32.js";

/** Methods of compression (APPNOTE.TXT 4.4.5). */
export const METHOD = { stored: 0, deflated: 8 } as const;
/** Methods whose data is a file of a packing that is undone when it is read: bzip2, zstd, xz. */
export const PACKED_METHODS: ReadonlySet<number> = new Set([12, 93, 95]);

/** Why an entry can't be read; `undefined` when it can. */
export function whyUnreadable(isEncrypted: boolean, method: number): string | undefined {
  if (isEncrypted) return "it is encrypted; unpack the archive with its password, and give the folder";
  const isKnown = method === METHOD.stored || method === METHOD.deflated || PACKED_METHODS.has(method);
  return isKnown
    ? undefined
    : `it is compressed by method ${method}, which is not opened; unpack the archive, and give the folder`;
}

/** The bytes as they come. @throws PackingError behind them, when their checksum is another than the one given */
export async function* verified(chunks: AsyncIterable<Buffer>, expected: number): AsyncGenerator<Buffer> {
  let crc = 0;
  for await (const chunk of chunks) {
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== expected) throw new PackingError("its checksum does not fit it");
}
