import { createToken, Lexer, type TokenType } from "chevrotain";

/**
 * EQL's tokens, after Elastic's EqlBase.g4. Some that EQL does not have (`=`, `&&`, `'…'`) are tokens here
 * so that the parser can say what to write instead.
 */

const SEGMENT = /(?:[@A-Za-z_][@\w]*|`(?:[^`\n]|``)+`)(?:\.(?:[@\w]+|`(?:[^`\n]|``)+`))*/;

/** A dotted field name, a category or a function's name; parts with other characters in backticks. */
export const Name = createToken({ name: "Name", label: "a name", pattern: SEGMENT });

/** A field of the n-th event of a match, behind a pipe: `events[1].process.name`. */
export const EventName = createToken({
  name: "EventName",
  label: "a field of an event",
  pattern: new RegExp(`events\\[\\d{1,3}\\]\\.${SEGMENT.source}`),
});

const keyword = (name: string, text: string): TokenType =>
  createToken({ name, label: `\`${text}\``, pattern: new RegExp(text), longer_alt: Name });
/** A word that means something in one place only, and is a name in all others. */
const softKeyword = (name: string, text: string): TokenType =>
  createToken({ name, label: `\`${text}\``, pattern: new RegExp(text), longer_alt: Name, categories: Name });
const sign = (name: string, text: string): TokenType =>
  createToken({ name, label: `\`${text}\``, pattern: text });

export const And = keyword("And", "and");
export const Or = keyword("Or", "or");
export const Not = keyword("Not", "not");
export const InsensitiveIn = sign("InsensitiveIn", "in~");
export const In = keyword("In", "in");
export const InsensitiveLike = sign("InsensitiveLike", "like~");
export const Like = keyword("Like", "like");
export const InsensitiveRegex = sign("InsensitiveRegex", "regex~");
export const Regex = keyword("Regex", "regex");
export const Any = keyword("Any", "any");
export const Where = keyword("Where", "where");
export const Sequence = keyword("Sequence", "sequence");
export const Sample = keyword("Sample", "sample");
export const Join = keyword("Join", "join");
export const By = keyword("By", "by");
export const With = keyword("With", "with");
export const Maxspan = keyword("Maxspan", "maxspan");
export const Runs = softKeyword("Runs", "runs");
export const Until = keyword("Until", "until");
export const True = keyword("True", "true");
export const False = keyword("False", "false");
export const Null = keyword("Null", "null");

/** Up to two of its last quotes are its own: `"""say "yes""""` ends in one. */
export const RawString = createToken({
  name: "RawString",
  label: "a string",
  pattern: /"""(?:[^"]|"(?!""))*"{3,5}/,
  line_breaks: true,
});
export const Text = createToken({ name: "Text", label: "a string", pattern: /"(?:[^"\\\n]|\\.)*"/ });
export const SingleQuoted = createToken({ name: "SingleQuoted", label: "'…'", pattern: /'[^'\n]*'/ });
export const Duration = createToken({
  name: "Duration",
  label: "a duration such as `5s`",
  pattern: /\d+[ \t]*(?:nanos|micros|ms|[smhd])(?!\w)/,
});
export const Decimal = createToken({
  name: "Decimal",
  label: "a number",
  pattern: /(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/,
});
export const Integer = createToken({ name: "Integer", label: "a number", pattern: /\d+/ });

export const Equal = sign("Equal", "==");
export const NotEqual = sign("NotEqual", "!=");
export const AtMost = sign("AtMost", "<=");
export const AtLeast = sign("AtLeast", ">=");
export const Below = sign("Below", "<");
export const Above = sign("Above", ">");
export const Colon = sign("Colon", ":");
export const Assign = sign("Assign", "=");
export const AndAnd = sign("AndAnd", "&&");
export const OrOr = sign("OrOr", "||");
export const Bang = sign("Bang", "!");
export const Tilde = sign("Tilde", "~");
export const Question = sign("Question", "?");
export const Plus = sign("Plus", "+");
export const Minus = sign("Minus", "-");
export const Star = sign("Star", "*");
export const Slash = sign("Slash", "/");
export const Percent = sign("Percent", "%");
export const Open = sign("Open", "(");
export const Close = sign("Close", ")");
export const OpenStep = sign("OpenStep", "[");
export const CloseStep = sign("CloseStep", "]");
export const Comma = sign("Comma", ",");
export const Bar = sign("Bar", "|");

const Blank = createToken({ name: "Blank", pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true });
const LineComment = createToken({ name: "LineComment", pattern: /\/\/[^\n]*/, group: Lexer.SKIPPED });
const Comment = createToken({
  name: "Comment",
  pattern: /\/\*(?:[^*]|\*(?!\/))*\*\//,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** In the order in which the lexer tries them. */
export const TOKENS: TokenType[] = [
  Blank,
  LineComment,
  Comment,
  InsensitiveIn,
  InsensitiveLike,
  InsensitiveRegex,
  ...[And, Or, Not, In, Like, Regex, Any, Where, Sequence, Sample, Join],
  ...[By, With, Maxspan, Runs, Until, True, False, Null],
  EventName,
  Name,
  RawString,
  Text,
  SingleQuoted,
  Duration,
  Decimal,
  Integer,
  ...[Equal, NotEqual, AtMost, AtLeast, Below, Above, Colon, Assign, AndAnd, OrOr, Bang, Tilde, Question],
  ...[Plus, Minus, Star, Slash, Percent, Open, Close, OpenStep, CloseStep, Comma, Bar],
];

export const eqlLexer: Lexer = new Lexer(TOKENS, { positionTracking: "onlyOffset" });
