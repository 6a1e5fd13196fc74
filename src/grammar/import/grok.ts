import { fieldFor } from "./fields.js";
import type { ImportedFormat } from "./format.js";
import { COMPOUND, KNOWN } from "./known.js";
import { parsePcre, type Regex, UnknownRegex } from "./pcre.js";

/** Patterns that refer to each other deeper than this go in circles. */
const MOST_DEPTH = 20;
const TYPES: Record<string, string> = {
  int: "int",
  integer: "int",
  long: "int",
  float: "float",
  double: "float",
};

/** Reads grok: a file of patterns (`NAME expression` a line), or the `match` expression of a filter. */
export function readGrok(text: string, name: string, file: string): ImportedFormat {
  const notes: string[] = [];
  const lines = text.split(/\r?\n/);
  const definitions = new Map<string, { source: string; line: number }>();
  lines.forEach((line, i) => {
    const [, key, source] = /^([A-Z][A-Z0-9_]*)\s+(\S.*)$/.exec(line) ?? [];
    if (key !== undefined) definitions.set(key, { source: source!, line: i + 1 });
  });
  if (definitions.size === 0)
    lines
      .filter((line) => line.includes("%{"))
      .forEach((line, i) => {
        definitions.set(i === 0 ? "LINE" : `LINE_${i + 1}`, {
          source: matchExpression(line),
          line: lines.indexOf(line) + 1,
        });
      });
  const known = new Map([...definitions].map(([key, { source }]) => [key, source]));
  const used = new Set(
    [...known.values()].flatMap((source) => [...source.matchAll(/%\{(\w+)/g)].map(([, each]) => each!)),
  );
  const events: ImportedFormat["events"] = [];
  for (const [key, { source, line }] of definitions) {
    // Building stones of other patterns, and those that name nothing, are no formats.
    if (used.has(key) || !/%\{\w+:|\?<[A-Za-z]/.test(expandedText(source, known, 0))) continue;
    const note = (what: string) => notes.push(`line ${line}, ${key}: ${what}`);
    try {
      events.push({ name: key, regex: expand(parsePcre(source, note), known, note, 0), note });
    } catch (error) {
      if (!(error instanceof UnknownRegex)) throw error;
      note(`left out: ${error.message}`);
    }
  }
  return {
    title: `grok patterns of ${file}`,
    about: `Lines that the grok patterns of ${file} match.`,
    events,
    samples: [],
    notes,
    fieldOf: (field) => fieldFor(field, name),
    multiline: false,
  };
}

/** The expression inside a line of a filter: `match => { "message" => "%{…}" }`. */
function matchExpression(line: string): string {
  const quoted = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map(([, a, b]) => a ?? b!);
  const found = quoted.find((text) => text.includes("%{"));
  return found === undefined || !/=>|:\s*["']|^\s*["']/.test(line) ? line : found.replace(/\\"/g, '"');
}

function expandedText(source: string, known: ReadonlyMap<string, string>, depth: number): string {
  if (depth > MOST_DEPTH) return source;
  return source.replace(/%\{(\w+)\}/g, (reference, syntax: string) => {
    const definition = known.get(syntax) ?? (Object.hasOwn(COMPOUND, syntax) ? COMPOUND[syntax] : undefined);
    return definition === undefined ? reference : expandedText(definition, known, depth + 1);
  });
}

/** Puts what patterns stand for in their places. */
function expand(
  regex: Regex,
  known: ReadonlyMap<string, string>,
  note: (what: string) => void,
  depth: number,
): Regex {
  const inner = (each: Regex) => expand(each, known, note, depth);
  switch (regex.kind) {
    case "sequence":
    case "choice":
      return { ...regex, items: regex.items.map(inner) };
    case "repeat":
    case "group":
      return { ...regex, item: inner(regex.item) };
    case "reference": {
      const { syntax, semantic, type } = regex;
      const item = typed(meaningOf(syntax, known, note, depth), type);
      if (!item) return regex;
      return semantic === undefined ? item : { kind: "group", name: semantic, item };
    }
    default:
      return regex;
  }
}

function meaningOf(
  syntax: string,
  known: ReadonlyMap<string, string>,
  note: (what: string) => void,
  depth: number,
): Regex | undefined {
  // A file's own definition counts, unless it is the original's.
  if (Object.hasOwn(KNOWN, syntax)) return KNOWN[syntax];
  const source = known.get(syntax) ?? (Object.hasOwn(COMPOUND, syntax) ? COMPOUND[syntax] : undefined);
  if (source === undefined || depth > MOST_DEPTH) return undefined;
  return expand(parsePcre(source, note), known, note, depth + 1);
}

/** `%{NUMBER:bytes:int}` */
function typed(regex: Regex | undefined, type: string | undefined): Regex | undefined {
  const as = type === undefined ? undefined : TYPES[type];
  if (!regex || as === undefined || regex.kind !== "known" || regex.as === as) return regex;
  return { ...regex, token: `${regex.token}_${as.toUpperCase()}`, builtin: false, as };
}
