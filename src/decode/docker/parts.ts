/** Runtimes cut lines at 16 KiB; a record of ours ends at 1 MiB in any case. */
const MOST_PARTS = 64;

/** What a line of a container's log is a part of. */
export interface Part {
  /** The stream that the container wrote it to. */
  stream: string;
  /** Does the message end with it? */
  complete: boolean;
}

/**
 * Where the record that begins at `at` ends, in formats that cut long messages into lines of their own: a line that is not
 * complete goes on in the next one of the same stream.
 * @param partOf tells what the line from `start` to `end` is; absent: a line of another format, or one that is cut
 * @returns undefined: more text is needed to tell
 */
export function endOfParts(
  text: string,
  at: number,
  length: number,
  final: boolean,
  partOf: (text: string, start: number, end: number) => Part | undefined,
): number | undefined {
  let stream: string | undefined;
  let before = at - 1;
  for (let start = at, parts = 0; ; parts++) {
    const newline = text.indexOf("\n", start);
    const lineEnd = newline < 0 || newline > length ? length : newline;
    const own = partOf(text, start, lineEnd);
    // Foreign lines, other streams, and a line that is cut in the middle continue nothing.
    if (own === undefined || (parts > 0 && own.stream !== stream)) return parts === 0 ? lineEnd : before;
    if (own.complete || parts === MOST_PARTS) return lineEnd;
    if (lineEnd + 1 >= length) return final ? lineEnd : undefined;
    // The next line must be whole to be told.
    if (!final && text.indexOf("\n", lineEnd + 1) < 0) return undefined;
    stream = own.stream;
    before = lineEnd;
    start = lineEnd + 1;
  }
}
