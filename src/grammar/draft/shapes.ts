import { compileGrammars } from "../compile.js";
import { matchShape } from "../exec.js";
import type { Grammar } from "../types.js";
import { type Pattern, type PatternOptions, patternOf } from "./pattern.js";
import type { Column, Line } from "./templates.js";

/** A shape that reads all of its lines. */
export interface DraftShape {
  event: string;
  pattern: Pattern;
  lines: Line[];
  /** It alone, compiled. */
  grammar: Grammar;
}

/** What of it stands in the file. */
type Written = Pick<DraftShape, "event" | "pattern">;

/** So many ways to end a pattern are tried, each half as long as what is left. */
const TRIES = 8;

/**
 * The longest pattern over the columns that can be read in one way only and reads all of the lines: the whole, or else up to a place
 * behind which the rest is one text.
 */
export function soundShape(
  columns: readonly Column[],
  lines: readonly Line[],
  event: string,
  options: PatternOptions,
): DraftShape | undefined {
  for (const cut of cutsOf(columns, lines, options.cut)) {
    const { cut: _given, ...rest } = options;
    const pattern = patternOf(columns, cut === undefined ? rest : { ...rest, cut });
    if (!isTelling(pattern)) continue;
    const grammar = compiled([{ event, pattern }], options.layer);
    if (grammar && lines.every(({ text }) => readers(grammar, text).length === 1))
      return { event, pattern, lines: [...lines], grammar };
  }
  return undefined;
}

/** Where a pattern may end, the farthest first: behind what is constant, or a blank; a value would not know where to end. */
function cutsOf(
  columns: readonly Column[],
  lines: readonly Line[],
  from: number | undefined,
): (number | undefined)[] {
  const places = columns.flatMap(({ constant, kind }, i) => (constant || kind === "blank" ? [i + 1] : []));
  const whole = from === undefined && lines.every(({ text }) => !text.includes("\n"));
  const cuts: (number | undefined)[] = whole ? [undefined] : [];
  let left = places.filter((place) => place <= (from ?? Number.POSITIVE_INFINITY));
  for (let i = 0; i < TRIES && left.length > 0; i++) {
    cuts.push(left.at(-1)!);
    left = left.slice(0, i < TRIES / 2 ? -1 : Math.floor(left.length / 2));
  }
  return cuts;
}

/** Would it know its lines from others? It needs a time, a word, or signs. */
function isTelling({ source }: Pattern): boolean {
  if (/@timestamp:/.test(source)) return true;
  const literals = [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text!).join("");
  return literals.replace(/\s/g, "").length > 1;
}

/** Statements of shapes, as they stand in the file. */
export function shapesText(shapes: readonly Written[]): string {
  const tokens = new Map(shapes.flatMap(({ pattern }) => [...pattern.tokens]));
  const width = Math.max(0, ...[...tokens.keys()].map((name) => name.length));
  const declared = [...tokens].map(([name, regex]) => `token ${name.padEnd(width)} = ${regex}\n`).join("");
  const events = shapes.map(({ event, pattern }) => `event ${event}\n  = ${pattern.source}\n`).join("");
  return declared === "" ? events : `${declared}\n${events}`;
}

/** The shapes as a grammar; nothing when some of them is unsound. */
export function compiled(shapes: readonly Written[], layer: string): Grammar | undefined {
  const text = `grammar draft "draft"\nlayer ${layer}\n${shapesText(shapes)}`;
  const { grammars, problems } = compileGrammars([{ file: "draft.grammar", text }]);
  return problems.length === 0 ? grammars[0] : undefined;
}

/** Which of a grammar's shapes read a record, by number. */
export function readers({ shapes }: Grammar, record: string): number[] {
  return shapes.flatMap((shape, i) => (matchShape(shape, record) ? [i] : []));
}
