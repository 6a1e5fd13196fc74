import { runSamples } from "../samples.js";
import { headerOf, nameOrigin } from "./header.js";
import { slug } from "./names.js";
import type { DraftOptions } from "./options.js";
import { compiled, type DraftShape, readers, soundShape } from "./shapes.js";
import { commonHead, type Line, lineOf, type Template, templateOf, templatesOf } from "./templates.js";
import { grammarText } from "./write.js";

/** A grammar file to go on from. */
export interface Draft {
  /** The file: it compiles, and its samples pass. */
  text: string;
  /** Records that were looked at, and those that no shape reads. */
  records: number;
  missed: string[];
}

/** Records that are looked at; later ones add little. */
export const MOST_RECORDS = 500;
/** More templates than this are what somebody says behind a header; of messages, each is worth a shape. */
const FEW_SHAPES = 6;
const MANY_SHAPES = 40;
/** A part of all records. */
const CLEARLY = 0.05;
/** Templates that begin with so many same words of their own say the same. */
const ALIKE = 3;

/**
 * Drafts a grammar from records of one format.
 * @param records bytes (latin1 strings); a record of several lines has newlines inside
 * @returns nothing when they have nothing in common by which they could be known
 */
export function draftGrammar(records: readonly string[], options: DraftOptions): Draft | undefined {
  const lines = records
    .filter((record) => record.trim() !== "")
    .slice(0, MOST_RECORDS)
    // A record may end in blanks whatever its shape.
    .map((record) => lineOf(record.replace(/[ \t]+$/, "")));
  if (lines.length === 0) return undefined;
  const plans = options.layer === "envelope" ? envelopePlans(lines, options) : [messagePlan(lines, options)];
  let best: { draft: Draft; covered: number } | undefined;
  for (const plan of plans) {
    const shapes = apart(plan());
    if (shapes.length === 0) continue;
    const grammar = compiled(shapes, options.layer);
    if (!grammar) continue;
    const missed = lines.map(({ text }) => text).filter((text) => readers(grammar, text).length === 0);
    const covered = lines.length - missed.length;
    // What says less must read clearly more.
    if (best && covered <= best.covered + lines.length * CLEARLY) continue;
    const text = grammarText({ shapes, grammar, missed, records: lines.length, ...options });
    if (text === undefined || runSamples([{ file: `${options.name}.grammar`, text }]).some(({ ok }) => !ok))
      continue;
    best = { draft: { text, records: lines.length, missed }, covered };
    if (missed.length === 0) break;
  }
  return best?.draft;
}

type Plan = () => DraftShape[];

/** Ways to read lines of a log, the one that says most first. */
function envelopePlans(lines: readonly Line[], options: DraftOptions): Plan[] {
  const templates = templatesOf(lines);
  const repeated = lines.length <= FEW_SHAPES || templates.every((each) => each.lines.length > 1);
  const single = lines.every(({ text }) => !text.includes("\n"));
  const few = templates.length <= FEW_SHAPES && repeated && single;
  return [
    ...(few ? [() => wholeShapes(templates, options)] : []),
    () => headerShape(lines, options),
    () => groupsOf(lines).flatMap((group) => headerShape(group, options)),
    () => wholeShapes(templates.slice(0, MANY_SHAPES), options),
  ];
}

/** What a program says: each template is a shape; templates that begin alike and end in nothing but words are one. */
const messagePlan =
  (lines: readonly Line[], options: DraftOptions): Plan =>
  () => {
    const alike = new Map<string, Template[]>();
    for (const template of templatesOf(lines)) {
      const beginning = ownWords(template).slice(0, ALIKE).join(" ");
      alike.set(beginning, [...(alike.get(beginning) ?? []), template]);
    }
    const templates = [...alike.values()].flatMap((group) => withSameBeginning(group) ?? group);
    templates.sort((a, b) => b.lines.length - a.lines.length);
    return wholeShapes(templates.slice(0, MANY_SHAPES), options);
  };

/** One template of what some have in common at their beginning, where all that differs behind it are words. */
function withSameBeginning(group: readonly Template[]): Template[] | undefined {
  const lines = group.flatMap((each) => each.lines);
  const length = commonHead(lines);
  const isProse = lines.every(({ lexemes }) =>
    lexemes.slice(length).every(({ kind }) => kind === "word" || kind === "blank" || kind === "sign"),
  );
  if (group.length < 2 || !isProse) return undefined;
  const columns = templateOf(lines).columns.slice(0, length);
  return ownWords({ lines, columns }).length < ALIKE ? undefined : [{ lines, columns, cut: length }];
}

const ownWords = ({ columns }: Template): string[] =>
  columns.flatMap(({ constant, kind, texts }) => (constant && kind === "word" ? [texts[0]!] : []));

function wholeShapes(templates: readonly Template[], { name, layer }: DraftOptions): DraftShape[] {
  const taken = new Set<string>();
  return templates.flatMap((template) => {
    const { columns, lines, cut } = template;
    if (layer === "envelope") nameOrigin(columns.slice(0, headerOf(lines)?.columns.length ?? 0));
    const words = ownWords(template).slice(0, ALIKE).join(" ");
    const event = uniqueName(`${slug(name)}.${slug(words) || "line"}`, taken);
    return soundShape(columns, lines, event, { format: name, layer, cut }) ?? [];
  });
}

function headerShape(all: readonly Line[], { name, layer }: DraftOptions): DraftShape[] {
  const header = headerOf(all);
  if (!header) return [];
  const { columns, lines } = header;
  const more = lines.some(({ lexemes }) => lexemes.length > columns.length);
  const shape = soundShape(columns, lines, "log.line", {
    format: name,
    layer,
    ...(more && { cut: columns.length }),
  });
  return shape ? [shape] : [];
}

/** Lines by what they begin with: logs of one program often hold a few kinds of lines. */
function groupsOf(lines: readonly Line[]): Line[][] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const [first] = line.lexemes;
    const key = first!.kind === "sign" ? first!.text : (first!.token ?? first!.kind);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length).slice(0, FEW_SHAPES);
}

/** Leaves out shapes until no record is read by two: those with fewer lines first. */
function apart(shapes: readonly DraftShape[]): DraftShape[] {
  const kept: DraftShape[] = [];
  const reads = ({ grammar }: DraftShape, { lines }: DraftShape) =>
    lines.some(({ text }) => readers(grammar, text).length > 0);
  for (const shape of [...shapes].sort((a, b) => b.lines.length - a.lines.length))
    if (!kept.some((each) => reads(each, shape) || reads(shape, each))) kept.push(shape);
  return kept;
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name}_${number}`;
  taken.add(unique);
  return unique;
}
