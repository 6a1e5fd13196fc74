import { type LexemeKind, STAMP_TOKENS } from "./lexemes.js";
import { Namer } from "./names.js";
import type { Column } from "./templates.js";
import { quote } from "./text.js";

/** A shape as it will stand in the file. */
export interface Pattern {
  /** What stands behind `=`. */
  source: string;
  /** Tokens that it needs and that are not built in: their declarations by name. */
  tokens: Map<string, string>;
  /** Constant words, for the event's name and for near-misses. */
  words: string[];
}

export interface PatternOptions {
  format: string;
  layer: "envelope" | "message";
  /** Columns before this one are read one by one; what follows is one text. Absent: all are. */
  cut?: number | undefined;
}

const TOKENS: Partial<Record<LexemeKind, string>> = {
  quoted: "QUOTED",
  url: "URL",
  mac: "MAC",
  duration: "DURATION",
  hex: "HEX",
  number: "NUMBER",
  int: "INT",
};
/** Tokens of drafts that the language has not built in. */
const OWN_TOKENS: Record<string, string> = {
  LEVEL: "/[A-Za-z]+/ as lower",
  ADDRESS: "/\\d{1,3}(?:\\.\\d{1,3}){3}:\\d{1,5}|\\[[0-9a-fA-F:]+\\]:\\d{1,5}/ as endpoint",
  ID: "/[0-9a-f]+(?:-[0-9a-f]+)*/",
  ...Object.fromEntries(
    STAMP_TOKENS.filter(({ as }) => as !== undefined).map(({ token, regex, as }) => [
      token,
      `/${regex}/ as ${as}`,
    ]),
  ),
};

/** A run of columns without anything constant between them is one value: nothing would tell where the next begins. */
function joined(columns: readonly Column[]): Column[] {
  const result: Column[] = [];
  for (const column of columns) {
    const last = result.at(-1);
    if (!last || last.constant || column.constant || last.kind === "blank" || column.kind === "blank") {
      result.push(column);
      continue;
    }
    const texts = last.texts.map((text, i) => text + column.texts[i]!);
    result[result.length - 1] = { kind: "word", texts, tokens: [], constant: false };
  }
  return result;
}

/** Writes the pattern that reads what stands in the columns. */
export function patternOf(all: readonly Column[], { format, layer, cut }: PatternOptions): Pattern {
  const columns = joined(all.slice(0, cut));
  const namer = new Namer(format, layer === "envelope");
  const tokens = new Map<string, string>();
  const words: string[] = [];
  const pieces: string[] = [];
  let literal = "";
  let before: string | undefined;
  const flush = () => {
    if (literal !== "") pieces.push(quote(literal));
    literal = "";
  };
  columns.forEach((column, i) => {
    const [text] = column.texts;
    if (column.constant) {
      literal += text!;
      if (column.kind === "word" || column.kind === "key") {
        words.push(text!);
        before = text!;
      } else if (column.kind === "sign" && /[,;]/.test(text!)) before = undefined;
      return;
    }
    flush();
    if (column.kind === "blank") {
      pieces.push("BLANK");
      return;
    }
    const next = columns[i + 1];
    const token = tokenOf(column, next?.constant ? next.texts[0]![0] : undefined, tokens);
    const name = column.field ? namer.take(column.field) : undefined;
    pieces.push(`${name ?? namer.nameOf({ kind: column.kind, before })}:${token}`);
    before = undefined;
  });
  const blank = literal === "" && columns.at(-1)?.kind === "blank";
  flush();
  if (cut !== undefined) {
    const name = (layer === "envelope" && namer.take("message")) || namer.nameOf({ kind: "quoted" });
    // Who owns the blanks: they, or the text behind them?
    pieces.push(`${name}:${blank ? "TEXT" : "rest"}`);
  }
  return { source: pieces.join(" "), tokens, words };
}

function tokenOf(
  { kind, texts, tokens: stamps }: Column,
  next: string | undefined,
  tokens: Map<string, string>,
): string {
  const own = (name: string) => {
    tokens.set(name, OWN_TOKENS[name]!);
    return name;
  };
  if (kind === "stamp") return Object.hasOwn(OWN_TOKENS, stamps[0]!) ? own(stamps[0]!) : stamps[0]!;
  if (kind === "level") return own("LEVEL");
  if (kind === "endpoint") return own("ADDRESS");
  if (kind === "id") return own("ID");
  if (kind === "ip") return texts.every((text) => /^[\d.]+$/.test(text)) ? "IPV4" : "IP";
  return TOKENS[kind] ?? wordToken(next, tokens);
}

const SIGNS: Record<string, string> = {
  ":": "COLON",
  ",": "COMMA",
  ";": "SEMICOLON",
  "=": "EQUALS",
  "[": "BRACKET",
  "]": "BRACKET_END",
  "(": "PAREN",
  ")": "PAREN_END",
  "{": "BRACE",
  "}": "BRACE_END",
  "<": "ANGLE",
  ">": "ANGLE_END",
  "|": "BAR",
  '"': "QUOTE",
  "'": "APOSTROPHE",
};

/** A token for a word that ends before a sign, or at a blank. */
function wordToken(next: string | undefined, tokens: Map<string, string>): string {
  if (next === undefined || next === " " || next === "\t") return "WORD";
  const name = `UNTIL_${SIGNS[next] ?? next.charCodeAt(0)}`;
  const hex = next.charCodeAt(0).toString(16).padStart(2, "0");
  tokens.set(name, `/[^\\s${Object.hasOwn(SIGNS, next) && next !== "]" ? next : `\\x${hex}`}]+/`);
  return name;
}
