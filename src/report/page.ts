import { excerpt, fittingEnd } from "./excerpt.js";
import { neutral } from "./neutral.js";
import { cut, displayWidth, wrap } from "./width.js";

/** How a page is printed. The caller decides on colours and UTF-8; nothing is asked of the environment here. */
export interface PageOptions {
  /** Columns of the terminal; 100 when absent, at least 60. */
  width?: number;
  color?: boolean;
  /** False: nothing but ASCII is printed. */
  utf8?: boolean;
  /** True: no list is folded. */
  full?: boolean;
  /** Where a place of the evidence can be opened, as a URI of plain ASCII; absent: nothing is linked. */
  link?: PlaceLink | undefined;
}

/** @param line absent: the source as a whole */
export type PlaceLink = (source: string, line?: number) => string | undefined;

/** What may stand in a hyperlink's URI (OSC 8): no control characters, no blanks, no `;`. */
const URI = /^[-A-Za-z0-9/#&.:=?%@~_]{1,2000}$/;

const UTF8 = {
  bullet: "•",
  dot: "·",
  dash: "–",
  more: "…",
  times: "×",
  line: "─",
  arrow: "→",
  plusMinus: "±",
  down: "↓",
};
const ASCII = {
  bullet: "*",
  dot: "|",
  dash: "-",
  more: "...",
  times: "x",
  line: "-",
  arrow: "->",
  plusMinus: "+/-",
  down: "v",
};

/** Typographic characters of our own words that have an ASCII spelling. */
const SPELLED: Record<string, string> = {
  "…": "...",
  "–": "-",
  "—": "-",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "×": "x",
  "·": "-",
  "→": "->",
  "±": "+/-",
  "≥": ">=",
  "≤": "<=",
  µ: "u",
};

const asciiOf = (char: string) => SPELLED[char] ?? `\\u{${char.codePointAt(0)!.toString(16)}}`;

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";
const SGR: Record<Style, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** What every section of a printed page needs: the room, the glyphs, the colours, and the way to show foreign text. */
export class Page {
  readonly width: number;
  readonly full: boolean;
  readonly glyph: typeof UTF8;
  private readonly color: boolean;
  readonly utf8: boolean;
  private readonly link: PlaceLink | undefined;

  constructor(options: PageOptions = {}) {
    const width = options.width ?? 100;
    this.width = Number.isFinite(width) ? Math.min(1000, Math.max(60, Math.floor(width))) : 100;
    this.color = options.color ?? false;
    this.utf8 = options.utf8 ?? true;
    this.full = options.full ?? false;
    this.link = options.link;
    this.glyph = this.utf8 ? UTF8 : ASCII;
  }

  /** Colours what is already harmless and measured. */
  paint(text: string, ...styles: Style[]): string {
    if (!this.color || text === "") return text;
    const on = styles.map((style) => `\x1b[${SGR[style][0]}m`).join("");
    const off = styles.map((style) => `\x1b[${SGR[style][1]}m`).join("");
    return on + text + off;
  }

  /**
   * Makes a place's name lead to it, where the caller said how. The sequence ends in BEL, which all terminals take that have links, and
   * which the table library knows to be without width.
   * @param shown the name, harmless and painted
   */
  linked(shown: string, source: string, line?: number): string {
    const uri = this.link?.(source, line);
    return uri === undefined || !URI.test(uri) ? shown : `\x1b]8;;${uri}\x07${shown}\x1b]8;;\x07`;
  }

  /** Any text as one harmless line. No more of it is looked at than a page could hold. */
  show(text: string): string {
    return this.whole(text.length > 8192 ? cut(text, 8192) : text);
  }

  /** One harmless line of at most `width` columns. */
  fit(text: string, width: number): string {
    return cut(this.show(text), width, this.glyph.more);
  }

  /** A record as one harmless line of at most `width` columns of which what matters is kept. */
  quote(text: string, width: number): string {
    return excerpt(this.show(text), width, this.glyph.more);
  }

  /** Any text as one harmless line, however long: for lines that programs read. */
  whole(text: string): string {
    const harmless = neutral(text);
    return this.utf8 ? harmless : harmless.replace(/[^\x20-\x7e]/gu, asciiOf);
  }

  /** One harmless line of at most `width` columns of which the end is kept: of a path, and of its line number, the end says most. */
  fitEnd(text: string, width: number): string {
    const shown = this.show(text);
    if (displayWidth(shown) <= width) return shown;
    return this.glyph.more + fittingEnd(shown, Math.max(0, width - displayWidth(this.glyph.more)));
  }

  /** Harmless lines behind an indent; longer texts go on below, at most `most` lines. */
  block(text: string, indent: number, most = 4): string[] {
    const lines = wrap(this.show(text), this.width - indent);
    const shown = this.full ? lines : lines.slice(0, most);
    if (shown.length < lines.length)
      shown.push(cut(`${shown.pop()}${this.glyph.more}`, this.width - indent, this.glyph.more));
    return shown.map((line) => " ".repeat(indent) + line.trimEnd());
  }

  /** How many of `count` entries to show: all where folding would save but one line. */
  fold(count: number, most: number): number {
    return this.full || count <= most + 1 ? count : most;
  }

  heading(text: string): string {
    return this.paint(text, "bold");
  }

  /** Lines under a heading, with a note beside it; nothing where there are no lines. */
  section(title: string, lines: readonly string[], note = ""): string[] {
    if (lines.length === 0) return [];
    const beside = note && `  ${this.paint(this.fit(note, this.width - title.length - 2), "dim")}`;
    return [this.heading(title) + beside, ...lines];
  }
}

/** `12,345`. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** `1 record`, `12,345 records`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : many}`;
