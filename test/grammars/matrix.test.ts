import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { descriptions } from "../../src/decode/descriptions/index.js";
import { decoderOf } from "../../src/decode/descriptions/read-sample.js";
import { envelopesOf } from "../../src/decode/envelopes.js";
import { Claimer, isGeneric, mayMatch } from "../../src/decode/text/claim.js";
import { detect } from "../../src/decode/text/detect.js";
import { grammarFiles } from "../../src/grammar/build.js";
import { matchShape } from "../../src/grammar/exec.js";
import { grammars } from "../../src/grammar/generated.js";
import { MessageIndex } from "../../src/grammar/index/index.js";
import type { GrammarAst } from "../../src/grammar/language/ast.js";
import { readGrammar } from "../../src/grammar/language/read.js";
import type { Grammar } from "../../src/grammar/types.js";
import type { Fields } from "../../src/model/event.js";
import { SHARED } from "./matrix-exceptions.js";

// Each format's samples are claimed by that format first, and by no other but those that are asked when all others have refused.

const asts = new Map<string, GrammarAst>(
  grammarFiles(path.join(import.meta.dirname, "../../grammars")).map(({ file, text }) => {
    const ast = readGrammar(file, text).ast!;
    return [ast.name, ast];
  }),
);
/** A record of a format, and, of rows that are read below a heading only, with the lines before it. */
interface Sample {
  text: string;
  whole: string;
}

const samplesOf = (name: string): Sample[] =>
  (asts.get(name)?.samples ?? [])
    .filter(({ reject }) => !reject)
    .map(({ before, text }) => ({ text, whole: before === undefined ? text : `${before}\n${text}` }));
const layer = (name: Grammar["layer"]) => grammars.filter((grammar) => grammar.layer === name);

/** Cuts a sample into records as the format's own reader does. */
function recordsOf({ framing }: Grammar, text: string): string[] {
  const whole = text.endsWith("\n") ? text : `${text}\n`;
  const records: string[] = [];
  for (let at = 0; at < whole.length; ) {
    let end = framing.end?.(whole, at, whole.length, true) ?? whole.indexOf("\n", at);
    for (const { continuation } = framing; continuation && end + 1 < whole.length; ) {
      continuation.lastIndex = end + 1;
      if (!continuation.test(whole)) break;
      end = whole.indexOf("\n", end + 1);
    }
    records.push(whole.slice(at, end));
    at = end + 1;
  }
  return records.filter((record) => record.trim() !== "");
}

const envelopes = envelopesOf(grammars).filter((grammar) => !isGeneric(grammar));
const claimers = new Map(envelopes.map((grammar) => [grammar, new Claimer(grammar)]));

/** The envelopes with their samples; those of tables, which are made for one source each, by the description's sample. */
const formats = new Map<string, { grammar: Grammar; samples: Sample[] }>(
  envelopes.map((grammar) => [grammar.name, { grammar, samples: samplesOf(grammar.name) }]),
);
for (const description of descriptions) {
  const grammar = description.sample !== undefined && decoderOf(description);
  const text = description.sample!;
  if (grammar) formats.set(grammar.name, { grammar, samples: [{ text, whole: text }] });
}
const names = [...formats.keys()].sort();

const declared = (name: string, by: string | undefined) =>
  SHARED.find(({ format, also }) => (format === name || format === "*") && also === by);
const short = (text: string) => JSON.stringify(text.slice(0, 160));

const known = new Map<string, string[]>();

/** Which other envelopes claim records of a sample: those with a framing of their own only what they would cut out, too. */
function othersOf(name: string, text: string): string[] {
  const key = `${name}\0${text}`;
  const before = known.get(key);
  if (before) return before;
  const records = recordsOf(formats.get(name)!.grammar, text);
  const others = [...claimers.values()]
    .filter(({ grammar }) => grammar.name !== name)
    .filter((claimer) => {
      const cut = claimer.grammar.framing.end ? recordsOf(claimer.grammar, text) : records;
      return cut.some((record) => claimer.claims(record));
    })
    .map(({ grammar }) => grammar.name);
  known.set(key, others);
  return others;
}

/** Who comes first where a sample is all there is; where nobody else claims it, that is its own format. */
function firstOf(name: string, { text, whole }: Sample): string | undefined {
  const { grammar } = formats.get(name)!;
  const claimer = claimers.get(grammar);
  const alone = whole === text && othersOf(name, text).length === 0;
  if (claimer && alone && recordsOf(grammar, text).some((record) => claimer.claims(record))) return name;
  return detect(whole, claimer ? envelopes : [grammar, ...envelopes]).ranked[0]?.grammar.name;
}

/** Fields that a grammar's `accepts` clause asks for. */
function accepted(name: string): Fields {
  const fields: Fields = {};
  for (const { field, test } of asts.get(name)!.accepts)
    if (test.kind === "in") fields[field] = test.values[0];
  return fields;
}

const messages = new MessageIndex(layer("message"));

/** Who reads a sample of a body or a message as what stands inside a record. */
function innerReader(name: string, text: string): string | undefined {
  const fields = accepted(name);
  if (asts.get(name)!.layer === "message") return messages.match(text, () => fields)?.grammar.name;
  return layer("body").find(
    ({ accepts, shapes }) =>
      (accepts?.(fields) ?? true) && shapes.some((shape) => mayMatch(shape, text) && matchShape(shape, text)),
  )?.name;
}

describe("a record of one envelope", () => {
  it.each(names)("%s: no other claims it", (name) => {
    const others = formats.get(name)!.samples.flatMap(({ text }) =>
      othersOf(name, text)
        .filter((by) => !declared(name, by))
        .map((by) => `${by} claims ${short(text)}`),
    );
    expect(others).toEqual([]);
  });

  it.each(names)("%s: where it is all there is, it comes first", (name) => {
    const wrong = formats.get(name)!.samples.flatMap((sample) => {
      const first = firstOf(name, sample);
      return first === name || declared(name, first)?.either
        ? []
        : [`${first} comes first for ${short(sample.whole)}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe("what stands inside a record", () => {
  it.each([...layer("body"), ...layer("message")].map(({ name }) => name))(
    "%s: it reads it first",
    (name) => {
      const wrong = samplesOf(name).flatMap(({ text }) => {
        const by = innerReader(name, text);
        return by === name || declared(name, by)?.either ? [] : [`${by} reads ${short(text)}`];
      });
      expect(wrong).toEqual([]);
    },
  );
});

describe("formats that share lines", () => {
  it.each(SHARED.map(({ format, also, reason }) => [format, also, reason]))("%s, %s: %s", (format, also) => {
    const own = format === "*" ? names : [format];
    const both = own.flatMap((name) => {
      const envelope = formats.get(name);
      return envelope
        ? envelope.samples.filter(({ text }) => othersOf(name, text).includes(also))
        : samplesOf(name).filter(({ text }) => innerReader(name, text) === also);
    });
    // An exception that nobody needs any more would hide the next mistake.
    expect(both.length).toBeGreaterThan(0);
  });
});
