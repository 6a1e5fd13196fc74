import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { descriptions } from "../../src/decode/descriptions/index.js";
import { decoderOf } from "../../src/decode/descriptions/read-sample.js";
import { envelopesOf } from "../../src/decode/envelopes.js";
import { Claimer, detect, isGeneric, mayMatch } from "../../src/decode/text/claim.js";
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
const examplesOf = (name: string) => (asts.get(name)?.samples ?? []).filter(({ reject }) => !reject);
const samplesOf = (name: string): string[] => examplesOf(name).map(({ text }) => text);
/** The samples of a name with the lines before them: rows of a table are read below its heading only. */
const wholesOf = (name: string): string[] =>
  examplesOf(name).map(({ before, text }) => (before === undefined ? text : `${before}\n${text}`));
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
const formats = new Map<string, { grammar: Grammar; samples: string[] }>(
  envelopes.map((grammar) => [grammar.name, { grammar, samples: samplesOf(grammar.name) }]),
);
for (const description of descriptions) {
  const grammar = description.sample !== undefined && decoderOf(description);
  if (grammar) formats.set(grammar.name, { grammar, samples: [description.sample!] });
}
const names = [...formats.keys()].sort();

const declared = (name: string, by: string | undefined) =>
  SHARED.find(({ format, also }) => (format === name || format === "*") && also === by);
const short = (text: string) => JSON.stringify(text.slice(0, 160));

/** Which other envelopes claim records of a sample: those with a framing of their own only what they would cut out, too. */
function othersOf(name: string, text: string): string[] {
  return [...claimers.values()].flatMap((claimer) => {
    const { grammar } = claimer;
    if (grammar.name === name) return [];
    const records = recordsOf(grammar.framing.end ? grammar : formats.get(name)!.grammar, text);
    return records.some((record) => claimer.claims(record)) ? [grammar.name] : [];
  });
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
  const known = accepted(name);
  if (asts.get(name)!.layer === "message") return messages.match(text, () => known)?.grammar.name;
  return layer("body").find(
    ({ accepts, shapes }) =>
      (accepts?.(known) ?? true) && shapes.some((shape) => mayMatch(shape, text) && matchShape(shape, text)),
  )?.name;
}

describe("a record of one envelope", () => {
  it.each(names)("%s: no other claims it", (name) => {
    const others = formats.get(name)!.samples.flatMap((text) =>
      othersOf(name, text)
        .filter((by) => !declared(name, by))
        .map((by) => `${by} claims ${short(text)}`),
    );
    expect(others).toEqual([]);
  });

  it.each(names)("%s: where it is all there is, it comes first", (name) => {
    const { grammar, samples } = formats.get(name)!;
    const candidates = claimers.has(grammar) ? envelopes : [grammar, ...envelopes];
    const wrong = (claimers.has(grammar) ? wholesOf(name) : samples).flatMap((text) => {
      const first = detect(text, candidates).ranked[0]?.grammar.name;
      return first === name || declared(name, first)?.either
        ? []
        : [`${first} comes first for ${short(text)}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe("what stands inside a record", () => {
  it.each([...layer("body"), ...layer("message")].map(({ name }) => name))(
    "%s: it reads it first",
    (name) => {
      const wrong = samplesOf(name).flatMap((text) => {
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
        ? envelope.samples.filter((text) => othersOf(name, text).includes(also))
        : samplesOf(name).filter((text) => innerReader(name, text) === also);
    });
    // An exception that nobody needs any more would hide the next mistake.
    expect(both.length).toBeGreaterThan(0);
  });
});
