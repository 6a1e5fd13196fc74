import { compileGrammars } from "../compile.js";
import { STAMP_TOKENS } from "../draft/lexemes.js";
import { slug } from "../draft/names.js";
import { nearMisses } from "../draft/near-miss.js";
import { quote, recordText } from "../draft/text.js";
import { matchShape } from "../exec.js";
import type { Grammar } from "../types.js";
import { fieldsIn, soundParts } from "./event.js";
import type { ImportedFormat } from "./format.js";
import { type Part, partsOf } from "./parts.js";
import type { Regex } from "./pcre.js";
import { stampOf } from "./stamps.js";
import { Tokens, writeParts } from "./write.js";

/** A grammar made of another tool's format. */
export interface Import {
  /** The grammar file: it compiles, and its samples pass. */
  text: string;
  /** What could not be carried over, each with its place in the original. */
  lost: string[];
  /** Samples that are read, of how many. */
  samples: number;
  of: number;
}

interface Event {
  /** After its expression. */
  name: string;
  /** What hands on a message is a line of a log, as everywhere. */
  action: string;
  parts: Part[];
}

/** Samples in the file; the rest is only tried. */
const MOST_SAMPLES = 4;

/**
 * Makes a grammar of a format that another tool describes.
 * @param more further records to take samples from: bytes
 * @returns nothing when none of its expressions can be said in a grammar; `lost` says why
 */
export function importFormat(
  format: ImportedFormat,
  name: string,
  more: readonly string[] = [],
): Import | { lost: string[] } {
  const layer = "envelope";
  const events: Event[] = [];
  for (const { name: expression, regex, note } of format.events) {
    const all = partsOf(withStamps(regex, format, note), format.fieldOf, note);
    const parts = soundParts(typed(withoutSecond(all, new Set(), note), format), layer, note);
    const own = `${slug(name)}.${slug(expression) || "line"}`;
    if (parts)
      events.push({ name: own, action: fieldsIn(parts).includes("message") ? "log.line" : own, parts });
    else note("left out: it can be read in two ways from its beginning on");
  }
  const samples = [...format.samples, ...more];
  const kept = apart(events, samples, (event, other) =>
    format.notes.push(`${event.name}: left out: ${other.name} reads the same samples`),
  );
  if (kept.length === 0) return { lost: format.notes };
  const grammar = compiled(kept)!;
  const read = samples.filter((sample) => readersOf(grammar, sample) === 1);
  for (const sample of format.samples)
    if (!read.includes(sample)) format.notes.push(`sample ${quote(sample.slice(0, 100))}: no event reads it`);
  return {
    text: textOf(kept, grammar, read, format, name),
    lost: format.notes,
    samples: read.length,
    of: samples.length,
  };
}

/** A field can be set once on each way through an expression: the first value counts. */
function withoutSecond(parts: readonly Part[], taken: Set<string>, note: (what: string) => void): Part[] {
  return parts.map((part): Part => {
    if (part.kind === "optional") return { ...part, parts: withoutSecond(part.parts, taken, note) };
    if (part.kind === "choice") {
      const ways = part.branches.map((branch) => {
        const own = new Set(taken);
        return { own, branch: withoutSecond(branch, own, note) };
      });
      for (const { own } of ways) for (const field of own) taken.add(field);
      return { ...part, branches: ways.map(({ branch }) => branch) };
    }
    if (!("field" in part) || part.field === undefined) return part;
    if (!taken.has(part.field)) {
      taken.add(part.field);
      return part;
    }
    note(`${part.field} is captured twice; the first value counts`);
    const { field: _second, ...rest } = part;
    return rest as Part;
  });
}

/** Puts tokens that know times in the place of expressions that match them. */
function withStamps(regex: Regex, format: ImportedFormat, note: (what: string) => void): Regex {
  switch (regex.kind) {
    case "sequence":
    case "choice":
      return { ...regex, items: regex.items.map((item) => withStamps(item, format, note)) };
    case "repeat":
      return { ...regex, item: withStamps(regex.item, format, note) };
    case "group": {
      if (format.fieldOf(regex.name) !== "@timestamp")
        return { ...regex, item: withStamps(regex.item, format, note) };
      const stamp = isStamp(regex.item) ? regex.item : stampOf(regex.item);
      if (!stamp) note(`${regex.name}: the form of this time is not known; it is kept as text`);
      return { ...regex, item: stamp ?? regex.item };
    }
    default:
      return regex;
  }
}

const isStamp = (regex: Regex): boolean =>
  regex.kind === "choice"
    ? regex.items.every(isStamp)
    : regex.kind === "known" && STAMP_TOKENS.some(({ token }) => token === regex.token);

/** Gives values the types that the format says, and times that are none another name. */
function typed(parts: readonly Part[], format: ImportedFormat): Part[] {
  return parts.map((part): Part => {
    if (part.kind === "optional") return { ...part, parts: typed(part.parts, format) };
    if (part.kind === "choice")
      return { ...part, branches: part.branches.map((branch) => typed(branch, format)) };
    if (!("field" in part) || part.field === undefined) return part;
    if (part.field === "@timestamp" && (part.kind !== "token" || !part.token.name))
      return { ...part, field: "event.original_time" };
    if (part.kind !== "token" || part.token.as !== undefined) return part;
    const as = part.field === "log.level" ? "lower" : format.typeOf?.(part.field);
    return as === undefined || part.token.builtin ? part : { ...part, token: { ...part.token, as } };
  });
}

function eventsText(events: readonly Event[]): string {
  const tokens = new Tokens();
  const written = events
    .map(({ action, parts }) => `event ${action}\n  = ${writeParts(parts, tokens)}\n`)
    .join("");
  return `${tokens}\n${written}`;
}

function compiled(events: readonly Event[]): Grammar | undefined {
  const text = `grammar imported "imported"\nlayer envelope\n${eventsText(events)}`;
  const { grammars, problems } = compileGrammars([{ file: "imported.grammar", text }]);
  return problems.length === 0 ? grammars[0] : undefined;
}

const readersOf = ({ shapes }: Grammar, record: string): number =>
  shapes.filter((shape) => matchShape(shape, record)).length;

/** Leaves out events that read samples which an earlier one reads: the first expression that matches counts in the original, too. */
function apart(
  events: readonly Event[],
  samples: readonly string[],
  tell: (event: Event, other: Event) => void,
): Event[] {
  const kept: Event[] = [];
  for (const event of events) {
    const own = compiled([event]);
    if (!own) continue;
    const rival = kept.find((each) =>
      samples.some((sample) => readersOf(own, sample) > 0 && readersOf(compiled([each])!, sample) > 0),
    );
    if (rival) tell(event, rival);
    else if (compiled([...kept, event])) kept.push(event);
  }
  return kept;
}

function textOf(
  events: readonly Event[],
  grammar: Grammar,
  read: readonly string[],
  format: ImportedFormat,
  name: string,
): string {
  const comment = (line: string) => `# ${line.replace(/[^\x20-\x7e]/g, "?")}\n`;
  const samples = read.slice(0, MOST_SAMPLES).map((sample) => {
    const shape = grammar.shapes.find((each) => matchShape(each, sample))!;
    return `sample${recordText(sample)}\n  -> ${shape.event}\n`;
  });
  const misses = read[0] === undefined ? ["x y z", "#"] : nearMisses(read[0].split("\n")[0]!, []);
  const miss = misses.find((text) => readersOf(grammar, text) === 0);
  return [
    comment(
      `Imported from ${format.title}. To be finished: cite where its words come from; look at fields and events (docs/FIELDS.md).`,
    ),
    ...(format.notes.length > 0
      ? [comment("Not carried over:"), ...format.notes.map((note) => comment(`  ${note}`))]
      : []),
    `grammar  ${name}  ${quote(format.title)}\n`,
    `about    ${quote(format.about || `Lines of the format ${format.title}.`)}\n`,
    "layer    envelope\n",
    format.multiline ? "continuation /[ \\t]/\n" : "",
    `set      { event.dataset = ${quote(name)} }\n\n`,
    eventsText(events),
    "\n",
    ...samples,
    miss === undefined ? "" : `reject${recordText(miss)}\n`,
  ].join("");
}
