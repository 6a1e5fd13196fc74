import type { IToken, TokenType } from "chevrotain";
import type { EventPattern, EventQuery, Key, Pipe, Query, SequenceQuery, Step } from "./ast.js";
import { checkCondition, checkSteps, stringOf } from "./check.js";
import { alternatives, ConditionParser } from "./condition-parser.js";
import { durationMicros, plainName } from "./literals.js";
import * as T from "./tokens.js";

const NAMES: TokenType[] = [T.Name, T.Any];

/** Reads tokens into a syntax tree: event queries and sequences, with their pipes. */
export class EqlParser extends ConditionParser {
  constructor(skipValidations = true) {
    super(skipValidations);
    this.performSelfAnalysis();
  }

  query = this.RULE("query", (): Query => {
    const query = this.OR<Query>([
      { ALT: () => this.SUBRULE(this.sequence) },
      { ALT: () => ({ kind: "event", ...this.SUBRULE(this.pattern) }) as EventQuery },
    ]);
    const pipes: Pipe[] = [];
    this.MANY(() => {
      this.CONSUME(T.Bar);
      const name = this.CONSUME(T.Name);
      const count = this.CONSUME(T.Integer);
      this.ACTION(() => {
        if (name.image === "head" || name.image === "tail")
          pipes.push({ name: name.image, count: +count.image });
        else
          this.complain(name, `there is no pipe \`${name.image}\``, "use `head N` or `tail N`, or min_count");
      });
    });
    this.ACTION(() => {
      if (pipes.length > 0) query.pipes = pipes;
    });
    return query;
  });

  private sequence = this.RULE("sequence", (): SequenceQuery => {
    const word = this.CONSUME(T.Sequence);
    let shared: Key[] = [];
    let maxspan: number | undefined;
    this.MANY(() => {
      this.OR([
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
    const query: SequenceQuery = { kind: "sequence", steps };
    this.OPTION(() => {
      this.CONSUME(T.Until);
      query.until = this.SUBRULE2(this.step);
    });
    return this.ACTION(() => {
      if (maxspan !== undefined) query.maxspan = maxspan;
      checkSteps(word, query, this.complain);
      const all = query.until === undefined ? steps : [...steps, query.until];
      for (const step of all) step.by = [...shared, ...step.by];
      return query;
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
    ]);
    this.CONSUME(T.Where);
    const start = this.LA(1);
    const where = this.SUBRULE(this.condition);
    return this.ACTION(() => {
      checkCondition(where, start, this.complain);
      if (category.tokenType === T.Any) return { where };
      const text =
        category.tokenType === T.Text ? stringOf(category, this.complain) : plainName(category.image);
      return { category: text, where };
    });
  });
}
