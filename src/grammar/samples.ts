import type { Fields, FieldValue } from "../model/event.js";
import { textOf } from "./bytes.js";
import { compileIr } from "./compile.js";
import { matchShape } from "./exec.js";
import { explainRecord } from "./explain.js";
import type { GrammarIr } from "./ir/ir.js";
import type { SampleDef, Value } from "./language/ast.js";
import { type GrammarFile, loadGrammars } from "./load.js";
import { type GrammarProblem, problemAt } from "./problem.js";
import type { Grammar } from "./types.js";

/** What running one sample of a grammar gave. */
export interface SampleResult {
  file: string;
  /** 1-based. */
  line: number;
  grammar: string;
  /** The record, as text. */
  text: string;
  ok: boolean;
  /** The event that matched. */
  event?: string;
  fields?: Fields;
  /** Why it failed. */
  problem?: GrammarProblem;
}

/**
 * Runs the samples of grammar files: each must match exactly one shape of its grammar, the one it names, with the
 * fields it names; a `reject` must match none. Problems of the files themselves are results that failed.
 */
export function runSamples(files: readonly GrammarFile[]): SampleResult[] {
  const { irs, problems } = loadGrammars(files);
  const results: SampleResult[] = problems.map((problem) => ({
    file: problem.file,
    line: problem.line,
    grammar: "",
    text: problem.snippet,
    ok: false,
    problem,
  }));
  for (const ir of irs) {
    if (ir.ast.layer === "values") continue;
    const grammar = compileIr(ir);
    for (const sample of ir.ast.samples) {
      const { file, text, name } = ir.ast;
      const outcome = check(grammar, sample);
      results.push({
        file,
        line: sample.at.line,
        grammar: name,
        text: textOf(sample.text),
        ok: outcome.wrong === undefined,
        ...(outcome.event === undefined ? {} : { event: outcome.event, fields: outcome.fields! }),
        ...(outcome.wrong === undefined
          ? {}
          : {
              problem: problemAt(
                file,
                text,
                sample.at,
                outcome.wrong,
                outcome.event ? undefined : closest(ir, sample),
              ),
            }),
      });
    }
  }
  return results;
}

function check(grammar: Grammar, sample: SampleDef): { event?: string; fields?: Fields; wrong?: string } {
  const matches = grammar.shapes.flatMap((shape) => {
    const fields = matchShape(shape, sample.text);
    return fields ? [{ event: shape.event, fields }] : [];
  });
  const first = matches[0];
  if (sample.reject) {
    return first ? { ...first, wrong: `this must not match, but ${first.event} reads it` } : {};
  }
  if (!first) return { wrong: "no event of this grammar reads this sample" };
  if (matches.length > 1) {
    return {
      ...first,
      wrong: `${matches.map((match) => match.event).join(" and ")} both read this sample: only one may`,
    };
  }
  if (sample.event !== undefined && sample.event !== first.event) {
    return { ...first, wrong: `read as ${first.event}, not as ${sample.event}` };
  }
  for (const [field, wanted] of Object.entries(sample.fields ?? {})) {
    const got = first.fields[field] ?? grammar.set[field];
    if (!same(got, wanted)) {
      return {
        ...first,
        wrong: `${field} is ${JSON.stringify(got) ?? "absent"}, not ${JSON.stringify(wanted)}`,
      };
    }
  }
  return first;
}

/** Which event got farthest with a sample that none reads, and what it expected there. */
function closest(ir: GrammarIr, sample: SampleDef): string | undefined {
  const { event, column, expected } = explainRecord(ir, sample.text);
  return event && `${event} reads it up to column ${column} and expected ${expected.join(" or ")} there`;
}

function same(got: FieldValue | undefined, wanted: Value): boolean {
  const value = typeof got === "string" ? textOf(got) : got;
  return JSON.stringify(value) === JSON.stringify(wanted);
}
