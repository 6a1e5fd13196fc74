import type { IToken, TokenType } from "chevrotain";
import type { Comparator, Expression, LookUp } from "./ast.js";
import { checkCondition, checkPatterns } from "./check.js";
import * as T from "./tokens.js";
import { ValueParser } from "./value-parser.js";

const COMPARATORS: TokenType[] = [T.Equal, T.NotEqual, T.AtMost, T.AtLeast, T.Below, T.Above];
const PATTERN_WORDS: TokenType[] = [T.Colon, T.Like, T.InsensitiveLike, T.Regex, T.InsensitiveRegex];

/** One alternative per token type, for an `OR`. */
export const alternatives = (types: TokenType[], consume: (type: TokenType, index: number) => IToken) =>
  types.map((type, index) => ({ ALT: () => consume(type, index) }));

/** Conditions: what stands after `where`. From the loosest binding to the tightest. */
export abstract class ConditionParser extends ValueParser {
  protected condition = this.RULE("condition", (): Expression => {
    const of: Expression[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.Or, DEF: () => of.push(this.SUBRULE(this.conjunction)) });
    return this.join("or", of);
  });

  private conjunction = this.RULE("conjunction", (): Expression => {
    const of: Expression[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: T.And, DEF: () => of.push(this.SUBRULE(this.negation)) });
    return this.join("and", of);
  });

  private join(op: "and" | "or", of: Expression[]): Expression {
    return this.ACTION(() => {
      if (of.length === 1) return of[0]!;
      for (const part of of) checkCondition(part, this.LA(0), this.complain);
      return { op, of };
    });
  }

  private negation = this.RULE("negation", (): Expression => {
    let negated = false;
    let word: IToken | undefined;
    this.MANY(() => {
      word = this.CONSUME(T.Not);
      negated = !negated;
    });
    const of = this.SUBRULE(this.comparison);
    return this.ACTION(() => {
      if (word !== undefined) checkCondition(of, word, this.complain);
      return negated ? { op: "not", of } : of;
    });
  });

  private comparison = this.RULE("comparison", (): Expression => {
    const left = this.SUBRULE(this.sum);
    let whole = left;
    this.OPTION(() => {
      whole = this.OR<Expression>([
        {
          ALT: () => {
            const sign = this.OR2<IToken>(alternatives(COMPARATORS, (type, i) => this.consume(i + 10, type)));
            const right = this.SUBRULE2(this.sum);
            return this.ACTION(() => ({ op: "compare", is: sign.image as Comparator, left, right }));
          },
        },
        {
          ALT: () => {
            let negated = false;
            this.OPTION2(() => {
              this.CONSUME(T.Not);
              negated = true;
            });
            const how = this.OR3<IToken>([
              { ALT: () => this.CONSUME(T.In) },
              { ALT: () => this.CONSUME(T.InsensitiveIn) },
            ]);
            const list = this.SUBRULE(this.list);
            const found: Expression = { op: "look-up", how: how.image as LookUp, left, list };
            return negated ? { op: "not", of: found } : found;
          },
        },
        {
          ALT: () => {
            const how = this.OR4<IToken>(
              alternatives(PATTERN_WORDS, (type, i) => this.consume(i + 20, type)),
            );
            const list = this.OR5<Expression[]>([
              { ALT: () => this.SUBRULE2(this.list) },
              { ALT: () => [this.SUBRULE(this.bare)] },
            ]);
            this.ACTION(() => checkPatterns(how, list, this.complain));
            return { op: "look-up", how: how.image as LookUp, left, list };
          },
        },
      ]);
    });
    return whole;
  });

  /** A pattern without parentheses. Names are read to be refused with a better message than the grammar's. */
  private bare = this.RULE("bare", (): Expression => {
    return this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.constant) },
      { ALT: () => this.SUBRULE(this.nameOrCall) },
    ]);
  });

  private list = this.RULE("list", (): Expression[] => {
    const list: Expression[] = [];
    this.CONSUME(T.Open);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => list.push(this.SUBRULE(this.sum)) });
    this.CONSUME(T.Close);
    return list;
  });
}
