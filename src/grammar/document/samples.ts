import { textOf } from "../bytes.js";
import type { GivenEvent, GrammarAst, SampleDef } from "../language/ast.js";
import { problemAt } from "../problem.js";
import { sameValue } from "../same-value.js";
import type { SampleResult } from "../sample-result.js";
import type { Grammar } from "../types.js";

/** Runs the samples of a grammar that reads documents: what each gives must hold the events behind its arrows, in their order. */
export function documentSamples(ast: GrammarAst, grammar: Grammar): SampleResult[] {
  return ast.samples.flatMap((sample): SampleResult[] => {
    const at = { file: ast.file, line: sample.at.line, grammar: ast.name, text: textOf(sample.text) };
    const wrong = sample.reject ? wrongReject(grammar, sample) : wrongSample(grammar, sample);
    if (wrong !== undefined)
      return [{ ...at, ok: false, problem: problemAt(ast.file, ast.text, sample.at, wrong) }];
    const told = sample.reject ? [] : grammar.document!.read(sample.text);
    if (told.length === 0) return [{ ...at, ok: true }];
    return told.map(({ shape, fields }) => ({ ...at, ok: true, event: shape.event, fields }));
  });
}

function wrongReject({ document }: Grammar, { text }: SampleDef): string | undefined {
  return document!.recognises(text) ? "this must not be recognised, but it is" : undefined;
}

function wrongSample({ document, set }: Grammar, sample: SampleDef): string | undefined {
  if (!document!.recognises(sample.text))
    return "this is no document of this format: `accepts` refuses it, or it is neither JSON nor YAML";
  const told = document!.read(sample.text);
  let next = 0;
  for (const { event, fields } of givenBy(sample)) {
    const found = told.findIndex(
      (each, i) =>
        i >= next &&
        each.shape.event === event &&
        Object.entries(fields ?? {}).every(([name, value]) =>
          sameValue(each.fields[name] ?? set[name], value),
        ),
    );
    if (found < 0) {
      const given = told.slice(next).map((each) => `${each.shape.event} ${JSON.stringify(each.fields)}`);
      return `no ${event} with these fields; it gives ${given.join(", ") || "nothing more"}`;
    }
    next = found + 1;
  }
  return undefined;
}

function givenBy({ event, fields, also }: SampleDef): GivenEvent[] {
  const own = event === undefined ? [] : [{ event, ...(fields && { fields }) }];
  return [...own, ...(also ?? [])];
}
