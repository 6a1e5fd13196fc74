/** So many bytes of a record are described: after them nearly all formats differ, or none does. */
export const BEGINNING = 8;

/**
 * Can a text with such a beginning match? Nearly all of a file's lines are told from nearly all formats by their first bytes, without
 * any regular expression being compiled. A text that ends early may match, as far as this tells.
 *
 * @param begins for each of the first places the bytes that can stand there: first and last of each range, one after the other (`09AF`)
 * @param text latin1, one char per byte
 */
export function mayBegin(begins: readonly string[], text: string): boolean {
  const length = Math.min(begins.length, text.length);
  for (let i = 0; i < length; i++) if (!inRanges(begins[i]!, text.charCodeAt(i))) return false;
  return true;
}

function inRanges(ranges: string, byte: number): boolean {
  for (let i = 0; i < ranges.length; i += 2)
    if (byte >= ranges.charCodeAt(i) && byte <= ranges.charCodeAt(i + 1)) return true;
  return false;
}
