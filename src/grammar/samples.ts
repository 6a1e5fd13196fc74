import type { Fields } from "../model/event.js";
import { Blocks } from "./blocks.js";
import { textOf } from "./bytes.js";
import { compileIr } from "./compile.js";
import { documentSamples } from "./document/samples.js";
import { matchShape } from "./exec.js";
import { explainRecord } from "./explain.js";
import type { GrammarFile } from "./file.js";
import type { GrammarIr } from "./ir/ir.js";
import type { GrammarAst, SampleDef } from "./language/ast.js";
import { loadGrammars } from "./load.js";
import { problemAt } from "./problem.js";
import { sameValue } from "./same-value.js";
import type { SampleResult } from "./sample-result.js";
import type { Grammar, Shape } from "./types.js";
import { prepareValues, type ValueReading } from "./values/index.js";

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
    if (ir.ast.layer === "values") {
      results.push(...runValues(ir.ast));
      continue;
    }
    const grammar = compileIr(ir);
    if (ir.ast.isDocument) {
      results.push(...documentSamples(ir.ast, grammar));
      continue;
    }
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
  const before = blocksAfter(grammar, sample.before ?? "");
  if ("wrong" in before) return before;
  const { blocks } = before;
  const matches = grammar.shapes.flatMap((shape) => {
    const fields = matchShape(shape, sample.text);
    if (!fields) return [];
    blocks.complete(grammar, shape, fields);
    return [{ event: shape.event, fields, shape }];
  });
  const standing = matches.filter(({ shape }) => blocks.allows(shape));
  const outcome = checkMatches(grammar, sample, standing);
  const [misplaced] = matches;
  if (standing.length > 0 || !misplaced || sample.reject) return outcome;
  return { wrong: `${misplaced.event} reads this sample ${where(misplaced.shape)}` };
}

const where = ({ after }: Shape): string =>
  `only in a block that ${after!.join(" or ")} opened: give the lines before it (sample after "HEADER" …)`;

/** What the lines before a sample leave open. */
function blocksAfter(grammar: Grammar, text: string): { blocks: Blocks } | { wrong: string } {
  const blocks = new Blocks();
  for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
    const shape = grammar.shapes.find((each) => blocks.allows(each) && matchShape(each, line));
    if (!shape) return { wrong: `no event of this grammar reads the line before it: ${textOf(line)}` };
    const fields = matchShape(shape, line)!;
    blocks.complete(grammar, shape, fields);
    blocks.pass(grammar, shape, fields);
  }
  return { blocks };
}

function checkMatches(
  grammar: Grammar,
  sample: SampleDef,
  matches: readonly { event: string; fields: Fields }[],
): { event?: string; fields?: Fields; wrong?: string } {
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
    if (!sameValue(got, wanted)) {
      return {
        ...first,
        wrong: `${field} is ${JSON.stringify(got) ?? "absent"}, not ${JSON.stringify(wanted)}`,
      };
    }
  }
  return first;
}

/** Samples of a values grammar name the rule to begin with; they are read without an error, a `reject` with one. */
function runValues(ast: GrammarAst): SampleResult[] {
  const { values } = prepareValues(ast);
  if (!values) return [];
  return ast.samples.map((sample) => {
    const rule = sample.event ?? values.start;
    const at = {
      file: ast.file,
      line: sample.at.line,
      grammar: ast.name,
      text: textOf(sample.text),
      event: rule,
    };
    const wrong = values.hasRule(rule)
      ? wrongValue(values.read(rule, sample.text), sample)
      : `there is no rule ${rule}`;
    if (wrong === undefined) return { ...at, ok: true };
    return { ...at, ok: false, problem: problemAt(ast.file, ast.text, sample.at, wrong) };
  });
}

function wrongValue({ errors }: ValueReading, sample: SampleDef): string | undefined {
  if (sample.reject)
    return errors.length > 0 ? undefined : "this must not be read without an error, but it is";
  const [first] = errors;
  return first && `column ${first.offset + 1}: ${first.message}`;
}

/** Which event got farthest with a sample that none reads, and what it expected there. */
function closest(ir: GrammarIr, sample: SampleDef): string | undefined {
  const { event, column, expected } = explainRecord(ir, sample.text);
  return event && `${event} reads it up to column ${column} and expected ${expected.join(" or ")} there`;
}
