import { createToken, Lexer, type TokenType } from "chevrotain";

/**
 * Tokens of the grammar language. Only words that begin a statement or a piece are reserved; all others are
 * identifiers too (category), so that a field may be called `file` or `to`.
 */
const ALL: TokenType[] = [];

function token(name: string, pattern: string | RegExp, label: string, more: object = {}): TokenType {
  const made = createToken({ name, pattern, label, ...more });
  ALL.push(made);
  return made;
}

export const Blank = token("Blank", /[ \t\r\n\uFEFF]+/, "blank", { group: Lexer.SKIPPED, line_breaks: true });
export const Comment = token("Comment", /#[^\n]*/, "comment", { group: Lexer.SKIPPED });
export const Arrow = token("Arrow", "->", "->");
/** A line of a raw sample: everything after `> `. */
export const RawLine = token("RawLine", /> [^\n\r]*|>(?=\r?\n)/, "a line that begins with `> `");
export const Text = token("Text", /"(?:[^"\\\n]|\\.)*"/, "a quoted text");
export const Regex = token(
  "Regex",
  /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//,
  "a regex between slashes",
);

/** Any name: token, rule, field, grammar. Declared late in the list: keywords come first. */
export const Ident = createToken({
  name: "Ident",
  pattern: /[@A-Za-z_][\w@]*(?:[.-][\w@]+)*/,
  label: "a name",
});
/** Where something stands in a document: `.a."b c"[].d`, `$.a` from its root. */
export const Path = token(
  "Path",
  /\$?\.(?:[\w@-]+|"(?:[^"\\\n]|\\.)*")?(?:\.(?:[\w@-]+|"(?:[^"\\\n]|\\.)*")|\[(?:[^\]"\n]|"(?:[^"\\\n]|\\.)*")*\])*/,
  "a path such as .State.Pid",
);
export const Copy = token("Copy", /\$[@A-Za-z_][\w@]*(?:[.-][\w@]+)*/, "$field");
export const Numeral = token("Numeral", /-?\d+(?:\.\d+)?(?![\w.])/, "a number");

function reserved(word: string): TokenType {
  return token(`Kw_${word}`, word, `\`${word}\``, { longer_alt: Ident });
}
function contextual(word: string): TokenType {
  return token(`Kw_${word}`, word, `\`${word}\``, { longer_alt: Ident, categories: [Ident] });
}

export const KwGrammar = reserved("grammar");
export const KwAbout = reserved("about");
export const KwCommand = reserved("command");
export const KwLayer = reserved("layer");
export const KwAccepts = reserved("accepts");
export const KwSet = reserved("set");
export const KwRecord = reserved("record");
export const KwContinuation = reserved("continuation");
export const KwWants = reserved("wants");
export const KwStamps = reserved("stamps");
export const KwInherit = reserved("inherit");
export const KwToken = reserved("token");
export const KwRule = reserved("rule");
export const KwEvent = reserved("event");
export const KwSample = reserved("sample");
export const KwReject = reserved("reject");
export const KwPass = reserved("pass");
export const KwUpto = reserved("upto");
export const KwRest = reserved("rest");
export const KwOrdered = reserved("ordered");
export const KwAs = reserved("as");
export const KwList = token("Kw_list", /list(?=\()/, "`list(`");
export const KwTrue = reserved("true");
export const KwFalse = reserved("false");
export const KwOutside = contextual("outside");
export const KwIn = contextual("in");
export const KwMatches = contextual("matches");
export const KwAnd = contextual("and");
export const KwTo = contextual("to");
export const KwEach = contextual("each");
export const KwWhen = contextual("when");
export const KwNot = contextual("not");
export const KwKey = contextual("key");
export const KwAfter = contextual("after");
export const KwOr = contextual("or");
export const KwForgets = contextual("forgets");
export const KwReads = contextual("reads");
ALL.push(Ident);

export const LBrace = token("LBrace", "{", "{");
export const RBrace = token("RBrace", "}", "}");
export const LParen = token("LParen", "(", "(");
export const RParen = token("RParen", ")", ")");
export const LBracket = token("LBracket", "[", "[");
export const RBracket = token("RBracket", "]", "]");
export const Equals = token("Equals", "=", "=");
export const Colon = token("Colon", ":", ":");
export const Comma = token("Comma", ",", ",");
export const Bar = token("Bar", "|", "|");
export const Question = token("Question", "?", "?");
export const Star = token("Star", "*", "*");
export const Plus = token("Plus", "+", "+");

export const TOKENS: readonly TokenType[] = ALL;

/** Built on first use: most runs never read a grammar text. */
let lexer: Lexer | undefined;

export function lexGrammar(text: string): ReturnType<Lexer["tokenize"]> {
  lexer ??= new Lexer([...TOKENS], { positionTracking: "full", ensureOptimizations: false });
  return lexer.tokenize(text);
}
