import type { IToken, TokenType } from "chevrotain";
import type {
  EventPattern,
  EventQuery,
  Expression,
  Key,
  Pipe,
  Query,
  SequenceQuery,
  Step,
  UnorderedQuery,
} from "./ast.js";
import { checkCondition, stringOf } from "./check.js";
import { checkSteps, pipeOf } from "./check-query.js";
import { alternatives, ConditionParser } from "./condition-parser.js";
import { durationMicros, plainName } from "./literals.js";
import * as T from "./tokens.js";

const NAMES: TokenType[] = [T.Name, T.Any];
const SERIES: TokenType[] = [T.Sequence, T.Sample, T.Join];

/** Reads tokens into a syntax tree: event queries, sequences, samples and joins, with their pipes. */
export class EqlParser extends ConditionParser {
  constructor(skipValidations = true) {
    super(skipValidations);
    this.performSelfAnalysis();
  }

  query = this.RULE("query", (): Query => {
    this.ACTION(() => (this.behindPipe = false));
    const query = this.OR<Query>([
      { ALT: () => this.SUBRULE(this.series) },
      { ALT: () => ({ kind: "event", ...this.SUBRULE(this.pattern) }) as EventQuery },
    ]);
    const pipes: Pipe[] = [];
    this.MANY(() => {
      const pipe = this.SUBRULE(this.pipe);
      this.ACTION(() => pipe !== undefined && pipes.push(pipe));
    });
    this.ACTION(() => {
      if (pipes.length > 0) query.pipes = pipes;
    });
    return query;
  });

  private pipe = this.RULE("pipe", (): Pipe | undefined => {
    this.CONSUME(T.Bar);
    const name = this.CONSUME(T.Name);
    this.ACTION(() => (this.behindPipe = true));
    const args: Expression[] = [];
    this.OPTION(() => {
      args.push(this.SUBRULE(this.condition));
      // Endgame's pipes do without commas, too.
      this.MANY(() => {
        this.OPTION2(() => this.CONSUME(T.Comma));
        args.push(this.SUBRULE2(this.condition));
      });
    });
    return this.ACTION(() => pipeOf(name, args, this.complain));
  });

  private series = this.RULE("series", (): SequenceQuery | UnorderedQuery => {
    const word = this.OR<IToken>(alternatives(SERIES, (type, i) => this.consume(i, type)));
    let shared: Key[] = [];
    let maxspan: number | undefined;
    this.MANY(() => {
      this.OR2([
        { ALT: () => (shared = this.SUBRULE(this.by)) },
        {
          ALT: () => {
            this.CONSUME(T.With);
            this.CONSUME(T.Maxspan);
            this.CONSUME(T.Assign);
            const span = this.CONSUME(T.Duration);
            this.ACTION(() => (maxspan = durationMicros(span.image)));
          },
        },
      ]);
    });
    const steps: Step[] = [];
    this.AT_LEAST_ONE(() => {
      const step = this.SUBRULE(this.step);
      steps.push(step);
    });
    let until: Step | undefined;
    this.OPTION(() => {
      this.CONSUME(T.Until);
      until = this.SUBRULE2(this.step);
    });
    return this.ACTION(() => {
      const parts = { steps, ...(until !== undefined && { until }) };
      checkSteps(word, { ...parts, maxspan, shared }, this.complain);
      const all = until === undefined ? steps : [...steps, until];
      for (const step of all) step.by = [...shared, ...step.by];
      if (word.tokenType !== T.Sequence)
        return { kind: word.tokenType === T.Sample ? "sample" : "join", ...parts };
      return { kind: "sequence", ...parts, ...(maxspan !== undefined && { maxspan }) };
    });
  });

  private step = this.RULE("step", (): Step => {
    let missing = false;
    this.OPTION(() => {
      this.CONSUME(T.Bang);
      missing = true;
    });
    this.CONSUME(T.OpenStep);
    const pattern = this.SUBRULE(this.pattern);
    this.CONSUME(T.CloseStep);
    let by: Key[] = [];
    let runs: IToken | undefined;
    this.MANY(() => {
      this.OR([
        { ALT: () => (by = this.SUBRULE(this.by)) },
        {
          ALT: () => {
            this.CONSUME(T.With);
            this.CONSUME(T.Runs);
            this.CONSUME(T.Assign);
            runs = this.CONSUME(T.Integer);
          },
        },
      ]);
    });
    return this.ACTION(() => {
      const step: Step = { ...pattern, by };
      if (missing) step.missing = true;
      if (runs !== undefined) {
        step.runs = +runs.image;
        if (step.runs < 1 || step.runs > 100) this.complain(runs, "`runs` must be from 1 to 100");
      }
      return step;
    });
  });

  private by = this.RULE("by", (): Key[] => {
    this.CONSUME(T.By);
    const keys: Key[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: T.Comma,
      DEF: () => {
        let optional = false;
        this.OPTION(() => {
          this.CONSUME(T.Question);
          optional = true;
        });
        const name = this.CONSUME(T.Name);
        keys.push(this.ACTION(() => ({ name: plainName(name.image), ...(optional && { optional }) })));
      },
    });
    return keys;
  });

  private pattern = this.RULE("pattern", (): EventPattern => {
    const category = this.OR<IToken>([
      ...alternatives(NAMES, (type, i) => this.consume(i, type)),
      { ALT: () => this.CONSUME(T.Text) },
      { ALT: () => this.CONSUME(T.RawString) },
    ]);
    this.CONSUME(T.Where);
    const start = this.LA(1);
    const where = this.SUBRULE(this.condition);
    return this.ACTION(() => {
      checkCondition(where, start, this.complain);
      if (category.tokenType === T.Any) return { where };
      if (category.tokenType === T.Text) return { category: stringOf(category, this.complain), where };
      if (category.tokenType === T.RawString) return { category: category.image.slice(3, -3), where };
      return { category: plainName(category.image), where };
    });
  });
}
