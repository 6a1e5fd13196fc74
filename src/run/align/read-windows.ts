import fs from "node:fs";
import type { Event } from "../../model/event.js";
import type { ReadOptions } from "../context.js";
import { textReader } from "../streamed.js";
import type { Surveyed } from "../survey.js";
import type { Window } from "./windows.js";

const CHUNK_BYTES = 1 << 20;
/** Events of so many bytes are handed on at a time: of more, most would live through several collections of V8's young generation. */
const PIECE_BYTES = 32 << 10;

/**
 * The events of some parts of a plain text file, each of which begins with a line. Their offsets are those of the file; their lines are
 * counted from the part's beginning, as nobody has counted those before it ({@link lineAt} does).
 */
export async function* readWindows(
  surveyed: Surveyed,
  options: ReadOptions,
  windows: readonly Window[],
): AsyncGenerator<Event[]> {
  const { wanted } = options.context.kit;
  const fd = fs.openSync(surveyed.file.absolute, "r");
  try {
    for (const { from, length } of windows) {
      let batch: Event[] = [];
      // Of a part that is as long as this the reader need not have room for more.
      const part = { ...surveyed, file: { ...surveyed.file, bytes: length } };
      const reader = textReader(part, options, (event) => {
        if (wanted && !wanted.has(event.action)) return;
        event.offset += from;
        batch.push(event);
      });
      try {
        const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, length));
        for (let at = 0; at < length; ) {
          const got = fs.readSync(fd, buffer, 0, Math.min(buffer.length, length - at), from + at);
          if (got === 0) break;
          at += got;
          options.context.progress(got);
          reader.push(buffer.subarray(0, got));
          yield batch;
          batch = [];
        }
        reader.end();
      } finally {
        reader.close();
      }
      yield batch;
    }
  } finally {
    fs.closeSync(fd);
  }
}

/** The number, from 1, of the line that begins at this place of a plain file. Reads all before it. Throws the system's error. */
export function lineAt(file: string, offset: number): number {
  const fd = fs.openSync(file, "r");
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let line = 1;
  try {
    for (let at = 0; at < offset; ) {
      const got = fs.readSync(fd, buffer, 0, Math.min(buffer.length, offset - at), at);
      if (got === 0) break;
      const part = buffer.subarray(0, got);
      for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, end + 1)) line++;
      at += got;
    }
    return line;
  } finally {
    fs.closeSync(fd);
  }
}
