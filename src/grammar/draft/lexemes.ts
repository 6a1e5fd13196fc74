/**
 * What a piece of a line is. Kinds between `stamp` and `level` vary from line to line by their nature; of words and signs only
 * comparing lines tells which are the format's own.
 */
export type LexemeKind =
  | "stamp"
  | "quoted"
  | "url"
  | "mac"
  | "ip"
  | "endpoint"
  | "duration"
  | "id"
  | "hex"
  | "number"
  | "int"
  | "level"
  | "path"
  | "value"
  | "key"
  | "word"
  | "blank"
  | "sign";

/** A piece of a line. */
export interface Lexeme {
  kind: LexemeKind;
  /** Bytes (a latin1 string). */
  text: string;
  /** Of a stamp: the token that reads it. */
  token?: string;
}

const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const TIME = "\\d\\d:\\d\\d:\\d\\d";

/** Ways to write time: the token's name in grammars, its expression, and, for those that are not built in, its type. */
export const STAMP_TOKENS: readonly { token: string; regex: string; as?: string }[] = [
  { token: "RFC3339", regex: `\\d{4}-\\d\\d-\\d\\d[Tt]${TIME}(?:[.,]\\d{1,9})?(?:[Zz]|[+-]\\d\\d:?\\d\\d)` },
  { token: "DATETIME", regex: `\\d{4}-\\d\\d-\\d\\d[ T]${TIME}(?:[.,]\\d{1,9})?` },
  { token: "CTIME", regex: `[A-Z][a-z][a-z] ${MONTH} [ \\d]\\d ${TIME}(?:\\.\\d{1,9})? \\d{4}` },
  { token: "SYSLOG_TIME", regex: `${MONTH} [ \\d]\\d ${TIME}(?:\\.\\d{1,9})?` },
  { token: "CLF_TIME", regex: `\\d\\d\\/${MONTH}\\/\\d{4}:${TIME} [+-]\\d{4}` },
  { token: "SLASHED", regex: `\\d{4}\\/\\d\\d\\/\\d\\d ${TIME}(?:\\.\\d{1,9})?`, as: "slashdate" },
  { token: "DAY_FIRST", regex: `\\d\\d-${MONTH}-\\d{4} ${TIME}(?:\\.\\d{1,9})?`, as: "datetime" },
  { token: "TOD", regex: `${TIME}(?:\\.\\d{1,9})?` },
  { token: "EPOCH", regex: "\\d{10}(?:\\.\\d{1,9})?" },
];
const STAMPS = STAMP_TOKENS.map(({ token, regex }) => ({
  token,
  regex: new RegExp(`${regex}(?![\\w:])`, "y"),
}));
/** Only where a line begins is a number of ten digits a time. */
const LEADING = "EPOCH";

const LEVELS =
  "trace|debug|info|information|notice|warn|warning|err|error|crit|critical|alert|emerg|emergency|fatal|panic|severe";
const IP = "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}";
const IP6 = "[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*";
/** Signs that end a word. */
const ENDS = "\\s\"'`=,;()\\[\\]{}<>|";

const KINDS: readonly [kind: LexemeKind, regex: RegExp][] = (
  [
    ["blank", "[ \\t]+"],
    ["quoted", '"(?:[^"\\\\\\n]|\\\\[^\\n])*"'],
    ["url", '[a-zA-Z][a-zA-Z0-9+.-]*:\\/\\/[^ \\t\\r\\n"<>,;)\\]]+'],
    ["mac", "[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![\\w:])"],
    ["endpoint", `(?:${IP}|\\[${IP6}\\]):\\d{1,5}(?!\\w|:\\w)`],
    ["ip", `(?:${IP}(?![\\w.]*\\w)|${IP6}(?![\\w.]))`],
    ["duration", "-?(?:\\d+(?:\\.\\d+)?(?:h|m|s|ms|us|ns))+(?!\\w)"],
    ["hex", "0[xX][0-9a-fA-F]+(?!\\w)"],
    ["id", "(?=\\d*[a-f])(?=[a-f]*\\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,12})*(?!\\w)"],
    ["number", "-?\\d+\\.\\d+(?![\\w.]*\\w)"],
    ["int", "-?\\d+(?![\\w]|\\.\\w)"],
    [
      "level",
      `(?:${LEVELS}|${LEVELS.toUpperCase()}|${LEVELS.replace(/\b[a-z]/g, (first) => first.toUpperCase())})(?![\\w.-])`,
    ],
    ["key", "[A-Za-z_][\\w.-]*(?==)"],
    ["path", `\\/[^${ENDS}]*[^${ENDS}:.]`],
    ["word", `[\\w\\x80-\\xff@%$](?:[^${ENDS}]*[^${ENDS}:.!?])?`],
    ["sign", "[\\x00-\\xff]"],
  ] as const
).map(([kind, source]) => [kind, new RegExp(source, "y")]);

/** What may stand behind `key=`. */
const VALUE = new RegExp(`[^${ENDS}]+`, "y");
const WHOLE: readonly LexemeKind[] = ["url", "mac", "endpoint", "ip", "duration", "hex", "number", "int"];

/** Cuts a record into its pieces; together they are the whole record. */
export function lexemesOf(record: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < record.length; ) {
    const lexeme =
      stampAt(record, at, lexemes.length) ??
      quoteAt(record, at, lexemes) ??
      valueAt(record, at, lexemes) ??
      pieceAt(record, at);
    lexemes.push(lexeme);
    at += lexeme.text.length;
  }
  return lexemes;
}

function stampAt(record: string, at: number, before: number): Lexeme | undefined {
  for (const { token, regex } of STAMPS) {
    // Behind a letter or a digit no time begins; an opening bracket may stand before the first.
    if ((token === LEADING && before > 1) || /[\w.:]/.test(record[at - 1] ?? " ")) continue;
    const text = matchAt(regex, record, at);
    if (text !== undefined) return { kind: "stamp", text, token };
  }
  return undefined;
}

/** The quotes around a stamp, which is worth more than a quoted text. */
function quoteAt(record: string, at: number, lexemes: readonly Lexeme[]): Lexeme | undefined {
  if (record[at] !== '"') return undefined;
  const inside = stampAt(record, at + 1, lexemes.length + 1);
  const opens = inside !== undefined && record[at + 1 + inside.text.length] === '"';
  const closes = lexemes.at(-1)?.kind === "stamp" && lexemes.at(-2)?.text === '"';
  return opens || closes ? { kind: "sign", text: '"' } : undefined;
}

function valueAt(record: string, at: number, lexemes: readonly Lexeme[]): Lexeme | undefined {
  if (lexemes.at(-2)?.kind !== "key" || record[at] === '"') return undefined;
  const text = matchAt(VALUE, record, at);
  if (text === undefined) return undefined;
  const kind = WHOLE.find((each) => matchAt(KINDS.find(([name]) => name === each)![1], record, at) === text);
  return { kind: kind ?? "value", text };
}

function pieceAt(record: string, at: number): Lexeme {
  for (const [kind, regex] of KINDS) {
    const text = matchAt(regex, record, at);
    if (text !== undefined && text !== "") return { kind, text };
  }
  return { kind: "sign", text: record[at]! };
}

function matchAt(regex: RegExp, record: string, at: number): string | undefined {
  regex.lastIndex = at;
  return regex.exec(record)?.[0];
}
