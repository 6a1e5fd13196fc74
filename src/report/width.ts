/** Code points that take two cells (UAX #11, wide and full width; emoji), as pairs of first and last. */
const WIDE = [
  0x1100, 0x115f, 0x231a, 0x231b, 0x23e9, 0x23ec, 0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x26aa,
  0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x2705, 0x2705, 0x270a, 0x270b, 0x274c, 0x274c, 0x2753, 0x2755,
  0x2795, 0x2797, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xa000, 0xa4cf, 0xa960,
  0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x1f300, 0x1f64f,
  0x1f680, 0x1f6ff, 0x1f900, 0x1f9ff, 0x20000, 0x3fffd,
];
const MARK = /^\p{M}$/u;

/** Cells that one code point takes: 0, 1 or 2. */
function cells(char: string): number {
  const code = char.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (MARK.test(char)) return 0;
  if (code < 0x1100) return 1;
  for (let i = 0; i < WIDE.length && code >= WIDE[i]!; i += 2) if (code <= WIDE[i + 1]!) return 2;
  return 1;
}

const PLAIN = /^[\x20-\x7e]*$/;

/** Terminal cells that a text takes. It must hold no control characters or colours (see `neutral`). */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += cells(char);
  return width;
}

/** The longest beginning that fits into `width` cells, on a border of code points. */
export function fitting(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += cells(char);
    if (used > width) break;
    end += char.length;
  }
  return text.slice(0, end);
}

/** Cuts a text to at most `width` cells; what is cut ends in `mark`. */
export function cut(text: string, width: number, mark = "…"): string {
  // No char is narrower than nothing: a text this short needs no measuring.
  if (text.length <= width && PLAIN.test(text)) return text;
  if (text.length <= width * 4 && displayWidth(text) <= width) return text;
  return fitting(text, Math.max(0, width - displayWidth(mark))) + mark;
}

/** Breaks a text into lines of at most `width` cells, between words where it can. At least one line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (let word of text.split(" ")) {
    let size = displayWidth(word);
    if (line !== "" && used + 1 + size > room) {
      lines.push(line);
      line = "";
      used = 0;
    }
    while (size > room) {
      const part = fitting(word, room);
      lines.push(part);
      word = word.slice(part.length);
      size -= displayWidth(part);
    }
    if (line === "") {
      line = word;
      used = size;
    } else {
      line += ` ${word}`;
      used += size + 1;
    }
  }
  lines.push(line);
  return lines;
}

/** Fills up with blanks to `width` cells. */
export const padEnd = (text: string, width: number) =>
  text + " ".repeat(Math.max(0, width - displayWidth(text)));
export const padStart = (text: string, width: number) =>
  " ".repeat(Math.max(0, width - displayWidth(text))) + text;
