import { BEGINNING } from "../../grammar/beginning.js";
import { Blocks } from "../../grammar/blocks.js";
import type { Grammar, Shape } from "../../grammar/types.js";
import { Claimer, type Detection, hasBeginning, hasSets, isGeneric, isStamped, MAX_RECORD } from "./claim.js";

/** Lengths of literal text in a shape, as a measure of how much a match says. */
function specificity(grammar: Grammar): number {
  let most = 0;
  for (const shape of grammar.shapes) {
    let sum = 0;
    for (const set of shape.literals) sum += Math.min(...set.map((l) => l.length));
    most = Math.max(most, sum);
  }
  return most;
}

/** The same for a format that tells by itself where its records end. */
function countFramed(claimer: Claimer, lines: readonly string[]): number {
  // Joined in one go: an addition that is used in a loop only is moved into it by V8, which would copy the whole sample at each record.
  const text = [...lines, ""].join("\n");
  let claimed = 0;
  for (let at = 0; at < text.length; ) {
    const end = claimer.grammar.framing.end!(text, at, text.length, true)!;
    const record = text.slice(at, end);
    if (record.length <= MAX_RECORD && claimer.claims(record)) {
      claimed += record.split("\n").length;
    }
    at = end + 1;
  }
  return claimed;
}

/**
 * Which shapes may match some record of a sample, however its lines are joined: those whose literals stand in it, and with whose
 * beginning one of its lines begins. Most formats end here: their expressions are never compiled.
 */
function plausible(lines: readonly string[], strip: boolean): (shape: Shape) => boolean {
  const whole = lines.join("\n");
  const beginnings = [...new Set(lines.map((line) => line.slice(0, BEGINNING)))];
  // Formats share half of their literals.
  const known = new Map<string, boolean>();
  const stands = (literal: string): boolean => {
    let does = known.get(literal);
    if (does === undefined) known.set(literal, (does = whole.includes(literal)));
    return does;
  };
  return (shape) =>
    (strip || beginnings.some((beginning) => hasBeginning(shape, beginning))) &&
    hasSets(shape.literals, stands);
}

/** Without those that stand in the block of a header that is not there. */
function standing(shapes: readonly Shape[]): readonly Shape[] {
  const events = new Set(shapes.map(({ event }) => event));
  return shapes.filter(({ after }) => !after || after.some((header) => events.has(header)));
}

function countClaims(
  grammar: Grammar,
  lines: readonly string[],
  strip: boolean,
  isRecord: (index: number) => boolean,
  isPlausible: (shape: Shape) => boolean,
): number {
  const shapes = standing(grammar.shapes.filter(isPlausible));
  if (shapes.length === 0) return 0;
  const blocks = new Blocks();
  const claimer = new Claimer(grammar, blocks, shapes);
  const stamped = isStamped(grammar);
  const { end, continuation } = grammar.framing;
  if (end && !strip) return countFramed(claimer, lines);
  if (end && !continuation) return 0;
  let claimed = 0;
  let isTold = false;
  const count = (more: number): void => {
    claimed += more;
    isTold ||= !claimer.shape!.around;
    blocks.pass(grammar, claimer.shape!);
  };
  for (let i = 0; i < lines.length; ) {
    let text = lines[i]!;
    let next = i + 1;
    const begins = strip || !claimer.continues(text, 0);
    while (
      begins &&
      next < lines.length &&
      claimer.continues(lines[next]!, 0) &&
      !(strip && claimer.claims(lines[next]!.trimStart())) &&
      (stamped || !isRecord(next))
    ) {
      text += "\n" + lines[next]!;
      next++;
    }
    const record = strip ? text.replace(/^ +/, "") : text;
    if (record.length <= MAX_RECORD && record.trim() !== "" && claimer.claims(record)) {
      count(next - i);
    } else if (next > i + 1 && claimer.claims(strip ? lines[i]!.trimStart() : lines[i]!)) {
      // The continuation was somebody else's.
      next = i + 1;
      count(1);
    } else if (record.trim() !== "") blocks.close();
    i = next;
  }
  // What stands around records of many formats tells of one only where there is nothing else.
  return isTold || lines.every((line) => /^\s*[[\]]?\s*$/.test(line)) ? claimed : 0;
}

/** So many lines tell what a file is, when one envelope claims nearly all of them; else the whole sample is looked at. */
const FIRST_LOOK = 120;
/** Of more lines than this the last is not counted when it has no end: a cut line may be anybody's. */
const ENOUGH = 20;

/**
 * Tells which envelopes explain a sample of a source, by content alone.
 * @param sample whole lines, latin1
 * @param envelopes candidates, in a fixed order that decides ties
 */
export function detect(sample: string, envelopes: readonly Grammar[]): Detection {
  const lines = sample.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  if (lines.at(-1) === "" || lines.length > ENOUGH) lines.pop();
  const first = look(lines.slice(0, FIRST_LOOK), envelopes);
  const [main] = first.ranked;
  const most = (main?.claimed ?? 0) >= first.records * 0.95 && first.records >= FIRST_LOOK / 2;
  // A generic format claims what is cut: the beginning of a document, for one.
  const clear = most && !isGeneric(main!.grammar);
  return clear || lines.length <= FIRST_LOOK ? first : look(lines, envelopes);
}

/** The formats of a list by what a look asks of them. */
interface Sorted {
  readonly specific: readonly Grammar[];
  readonly generic: readonly Grammar[];
  /** Those of the specific ones whose records have stamps. */
  readonly stamped: readonly Grammar[];
}

/** Nearly all sources are looked at for the same formats. */
const sorted = new WeakMap<readonly Grammar[], Sorted>();

function sort(envelopes: readonly Grammar[]): Sorted {
  let known = sorted.get(envelopes);
  if (!known) {
    const specific = envelopes.filter((grammar) => !isGeneric(grammar));
    known = { specific, generic: envelopes.filter(isGeneric), stamped: specific.filter(isStamped) };
    sorted.set(envelopes, known);
  }
  return known;
}

function look(lines: readonly string[], envelopes: readonly Grammar[]): Detection {
  const formats = sort(envelopes);
  const records = lines.filter((line) => line.trim() !== "").length;
  const indented = lines.filter((line) => line.startsWith(" ")).length;
  const isRecord = stampedLines(lines, formats.stamped);
  const rank = (strip: boolean) => {
    const isPlausible = plausible(lines, strip);
    const ranked = (some: readonly Grammar[]) =>
      some
        .map((grammar) => ({ grammar, claimed: countClaims(grammar, lines, strip, isRecord, isPlausible) }))
        .filter((entry) => entry.claimed > 0)
        .sort((a, b) => b.claimed - a.claimed || specificity(b.grammar) - specificity(a.grammar));
    const specific = ranked(formats.specific);
    const isAll = (specific[0]?.claimed ?? 0) >= records;
    return isAll ? specific : [...specific, ...ranked(formats.generic)];
  };
  const plain = rank(false);
  // Who claims all records as they stand is not surpassed by anybody who takes them for pasted ones.
  if (indented > lines.length / 2 && (plain[0]?.claimed ?? 0) < records) {
    const stripped = rank(true);
    if ((stripped[0]?.claimed ?? 0) > (plain[0]?.claimed ?? 0))
      return { ranked: stripped, records, pasted: true };
  }
  return { ranked: plain, records, pasted: false };
}

/** Tells whether an indented line is a whole record of a format with stamps: log lines pasted among a terminal's. */
function stampedLines(lines: readonly string[], stamped: readonly Grammar[]): (index: number) => boolean {
  const claimers = stamped.map((grammar) => new Claimer(grammar));
  const known: (boolean | undefined)[] = [];
  return (index) => {
    let is = known[index];
    if (is === undefined) {
      const record = lines[index]!.slice(0, MAX_RECORD).trim();
      known[index] = is = claimers.some((claimer) => claimer.claims(record));
    }
    return is;
  };
}
