import type { Entry } from "../../../src/evidence/archive/entry.js";

export interface ReadEntry {
  name: string;
  kind: string;
  text: string;
  error?: string;
  unreadable?: string;
}

/** All entries with their contents, and what was thrown at last. */
export async function readAll(entries: AsyncIterable<Entry>): Promise<{ read: ReadEntry[]; error: unknown }> {
  const read: ReadEntry[] = [];
  try {
    for await (const { name, kind, chunks, unreadable } of entries) {
      const found: ReadEntry = { name, kind, text: "" };
      if (unreadable !== undefined) found.unreadable = unreadable;
      else
        try {
          const parts: Buffer[] = [];
          read.push(found);
          for await (const chunk of chunks()) {
            parts.push(Buffer.from(chunk));
            found.text = Buffer.concat(parts).toString("latin1");
          }
        } catch (error) {
          found.error = (error as Error).message;
        }
      if (unreadable !== undefined) read.push(found);
    }
  } catch (error) {
    return { read, error };
  }
  return { read, error: undefined };
}

/** The same buffer is filled again for each piece, as it is where files are read. */
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  const same = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) yield same.subarray(0, bytes.copy(same, 0, at, at + size));
}
