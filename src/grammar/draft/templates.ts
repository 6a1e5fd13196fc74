import { type Lexeme, type LexemeKind, lexemesOf } from "./lexemes.js";

/** A record with its pieces. */
export interface Line {
  text: string;
  lexemes: Lexeme[];
}

/** One place of a template: what stands there in each of its lines. */
export interface Column {
  kind: LexemeKind;
  /** In the order of the template's lines. */
  texts: string[];
  /** Of stamps: the tokens that read them. */
  tokens: string[];
  /** The same in all lines, and nothing that varies by its nature. */
  constant: boolean;
  /** The field that its place among the others tells. */
  field?: string;
}

/** Lines that differ in the values of some places only. */
export interface Template {
  lines: Line[];
  columns: Column[];
  /** Its lines differ from this column on: what follows is one text. */
  cut?: number;
}

/** So much of two lines' words must be the same for them to be of one template (the paper's threshold, st). */
const SIMILAR = 0.5;
/** Templates that are kept apart; what is left joins none. */
const MOST_TEMPLATES = 200;

const WORDS: ReadonlySet<LexemeKind> = new Set([
  "word",
  "path",
  "level",
  "value",
  "id",
  "int",
  "number",
  "hex",
]);
/** What can be the format's own. */
const OWN: ReadonlySet<LexemeKind> = new Set(["word", "sign", "blank", "key", "level"]);

/** Of a record of several lines, the first is looked at: the others continue what it says. */
export const lineOf = (text: string): Line => ({ text, lexemes: lexemesOf(text.split("\n", 1)[0]!) });

/**
 * Finds the templates of lines: those of one length whose signs are the same and whose words mostly are. After Drain (He, Zhu, Zheng, Lyu:
 * "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017): by number of pieces, then by similarity of the words.
 * What has the look of a number, a quoted text, an address and so on is a value from the beginning, and only words may differ.
 */
export function templatesOf(lines: readonly Line[]): Template[] {
  const found: { shape: string; lines: Line[]; words: (string | undefined)[] }[] = [];
  for (const line of lines) {
    const shape = shapeOf(line);
    const words = line.lexemes.map(({ kind, text }) =>
      OWN.has(kind) && !/\d/.test(text) ? text : undefined,
    );
    let best: (typeof found)[number] | undefined;
    let most = SIMILAR;
    for (const each of found) {
      if (each.shape !== shape) continue;
      const similar = similarity(each.words, words);
      if (similar >= most) [best, most] = [each, similar];
    }
    if (best) {
      best.lines.push(line);
      best.words = best.words.map((word, i) => (word === words[i] ? word : undefined));
    } else if (found.length < MOST_TEMPLATES) found.push({ shape, lines: [line], words });
  }
  return found.map(({ lines: own }) => templateOf(own));
}

/** The part of the constant words of a template that a line has, too; of signs and blanks all are the same. */
function similarity(
  template: readonly (string | undefined)[],
  words: readonly (string | undefined)[],
): number {
  let [same, all] = [0, 0];
  template.forEach((word, i) => {
    if ((word === undefined && words[i] === undefined) || !/\w/.test(word ?? words[i]!)) return;
    all++;
    if (word === words[i]) same++;
  });
  return all === 0 ? 1 : same / all;
}

/** What two lines must share to be compared at all: number and kinds of their pieces, and their signs. */
const shapeOf = ({ lexemes }: Line): string => lexemes.map(classOf).join("\0");

/** What of a piece must be the same for lines to be compared. */
export function classOf({ kind, text, token }: Lexeme): string {
  if (WORDS.has(kind)) return "word";
  if (kind === "blank") return text.includes("\t") ? "\t" : " ";
  return kind === "sign" || kind === "key" ? text : kind === "stamp" ? token! : kind;
}

/** The columns of lines of one shape, as far as the shortest goes. */
export function templateOf(lines: readonly Line[]): Template {
  const length = Math.min(...lines.map(({ lexemes }) => lexemes.length));
  const columns = Array.from({ length }, (_, i) => columnOf(lines.map(({ lexemes }) => lexemes[i]!)));
  return { lines: [...lines], columns };
}

function columnOf(lexemes: readonly Lexeme[]): Column {
  const texts = lexemes.map(({ text }) => text);
  const kinds = [...new Set(lexemes.map(({ kind }) => kind))];
  const kind = kinds.length === 1 ? kinds[0]! : widest(kinds);
  const same = texts.every((text) => text === texts[0]);
  const own = OWN.has(kind) && !isName(kind, texts);
  const tokens = [...new Set(lexemes.flatMap(({ token }) => token ?? []))];
  return { kind, texts, tokens, constant: same && own };
}

/** Hosts and files have dots in their names; with one line to go by, a word with a digit is rather a name than the format's own. */
const isName = (kind: LexemeKind, [text, ...others]: readonly string[]): boolean =>
  kind === "word" && (/\w\.\w/.test(text!) || (others.length === 0 && /\d/.test(text!)));

function widest(kinds: readonly LexemeKind[]): LexemeKind {
  return kinds.every((kind) => kind === "int" || kind === "number") ? "number" : "word";
}

/** How many columns all lines begin with in common: signs the same, values of one kind, words whatever they are. */
export function commonHead(lines: readonly Line[]): number {
  const [first, ...others] = lines;
  let length = 0;
  for (const lexeme of first!.lexemes) {
    const own = classOf(lexeme);
    if (!others.every(({ lexemes }) => lexemes[length] && classOf(lexemes[length]!) === own)) break;
    length++;
  }
  return length;
}
