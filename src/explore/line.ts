import { displayWidth, fitting } from "../report/width.js";

/** How a piece of a line is shown. Colours go first where there are none; the others stay. */
export type Style =
  | "bold"
  | "dim"
  | "inverse"
  | "underline"
  | "red"
  | "yellow"
  | "green"
  | "cyan"
  | "magenta";

/** A piece of a line: harmless text (see `neutral`) of one look. */
export interface Span {
  text: string;
  styles?: readonly Style[];
}

export type Line = readonly Span[];

/** ECMA-48, Select Graphic Rendition: on and off. */
const SGR: Record<Style, readonly [on: number, off: number]> = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  inverse: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};
const COLOURS = new Set<Style>(["red", "yellow", "green", "cyan", "magenta"]);

export const span = (text: string, ...styles: Style[]): Span =>
  styles.length > 0 ? { text, styles } : { text };

export const textOf = (line: Line): string => line.map(({ text }) => text).join("");
export const widthOf = (line: Line): number => line.reduce((sum, { text }) => sum + displayWidth(text), 0);

/** A line without what lies beyond `width` cells; where anything is cut, `mark` stands at its end. */
export function cutLine(line: Line, width: number, mark: string): Line {
  if (widthOf(line) <= width) return line;
  let room = Math.max(0, width - displayWidth(mark));
  const kept: Span[] = [];
  for (const piece of line) {
    const text = fitting(piece.text, room);
    kept.push({ ...piece, text });
    room -= displayWidth(text);
    if (text.length < piece.text.length) break;
  }
  return [...kept, span(fitting(mark, width), "dim")];
}

/** A line with blanks up to `width` cells. */
export const padLine = (line: Line, width: number): Line => {
  const missing = width - widthOf(line);
  return missing > 0 ? [...line, span(" ".repeat(missing))] : line;
};

/** Makes every occurrence of a searched text stand out. A text in lower case is found in any case, as in less -i. */
export function highlight(line: Line, wanted: string): Line {
  if (wanted === "") return line;
  return line.flatMap(({ text, styles = [] }) => {
    const pieces: Span[] = [];
    let from = 0;
    for (const at of occurrences(text, wanted)) {
      pieces.push({ text: text.slice(from, at), styles });
      from = at + wanted.length;
      pieces.push({ text: text.slice(at, from), styles: [...styles, "bold", "underline", "yellow"] });
    }
    pieces.push({ text: text.slice(from), styles });
    return pieces.filter((piece) => piece.text !== "");
  });
}

/** Where a text stands in another one, without overlaps. */
function occurrences(text: string, wanted: string): number[] {
  const sought = searchable(text, wanted);
  // Letters whose lower case has another length would shift all places behind them.
  if (sought.length !== text.length) return [];
  const places: number[] = [];
  for (let at = sought.indexOf(wanted); at >= 0; at = sought.indexOf(wanted, at + wanted.length))
    places.push(at);
  return places;
}

const searchable = (text: string, wanted: string) =>
  wanted === wanted.toLowerCase() ? text.toLowerCase() : text;

/** Does a text hold the wanted one? In any case, unless the wanted one has capitals. */
export const holds = (text: string, wanted: string): boolean => searchable(text, wanted).includes(wanted);

/** A line as a terminal takes it. The only place where escape sequences come into what is shown. */
export function ansi(line: Line, color: boolean): string {
  return line
    .map(({ text, styles = [] }) => {
      const shown = styles.filter((style) => color || !COLOURS.has(style));
      if (shown.length === 0 || text === "") return text;
      const on = shown.map((style) => `\x1b[${SGR[style][0]}m`).join("");
      const off = shown.map((style) => `\x1b[${SGR[style][1]}m`).join("");
      return on + text + off;
    })
    .join("");
}
