import fs from "node:fs";
import v8 from "node:v8";
import { SpillFolder } from "../../evidence/archive/spill-folder.js";
import { type Column, ColumnCollector } from "../../export/columns.js";
import { documentOf } from "../../export/document.js";
import type { ExportedEvent } from "../../export/event.js";

/** Events that were read once and lie in a temporary file, and the columns that a table of them has. */
export interface Spooled {
  columns: ColumnCollector;
  events(): AsyncGenerator<ExportedEvent[]>;
  /** Removes the file. */
  close(): void;
}

/**
 * Reads all events, so that their columns are known, and keeps them in a temporary file: reading that is many times faster than reading
 * the evidence twice.
 *
 * @param tmp a folder for temporary files; default: the system's
 * @throws LimitError where there is no room for them
 */
export async function spooled(
  events: AsyncIterable<readonly ExportedEvent[]>,
  tmp: string | undefined,
): Promise<Spooled> {
  const folder = new SpillFolder(tmp);
  try {
    const file = folder.create();
    const columns = new ColumnCollector();
    const lengths: number[] = [];
    for await (const batch of events) {
      for (const event of batch) columns.note(documentOf(event));
      const bytes = v8.serialize(batch);
      lengths.push(bytes.length);
      file.write(bytes);
    }
    file.close();
    return { columns, events: () => readBack(file.absolute, lengths), close: () => folder.close() };
  } catch (error) {
    folder.close();
    throw error;
  }
}

async function* readBack(file: string, lengths: readonly number[]): AsyncGenerator<ExportedEvent[]> {
  const fd = fs.openSync(file, "r");
  try {
    for (const length of lengths) {
      const bytes = Buffer.allocUnsafeSlow(length);
      for (let done = 0; done < length; ) {
        const n = fs.readSync(fd, bytes, done, length - done, null);
        if (n === 0) throw new Error("a temporary file was cut");
        done += n;
      }
      yield v8.deserialize(bytes) as ExportedEvent[];
    }
  } finally {
    fs.closeSync(fd);
  }
}

/** The columns that are asked for, or all. */
export const columnsFor = ({ columns }: Spooled, names: readonly string[] | undefined): Column[] =>
  names === undefined ? columns.all() : columns.named(names);
