import { EmbeddedActionsParser, type IToken, type TokenType } from "chevrotain";
import type { Comparator, Constant, Expression, LookUp, Sign } from "./ast.js";
import { type Complain, checkCall, checkCondition, checkNumber, checkPatterns, stringOf } from "./check.js";
import { plainName } from "./literals.js";
import * as T from "./tokens.js";

const COMPARATORS: TokenType[] = [T.Equal, T.NotEqual, T.AtMost, T.AtLeast, T.Below, T.Above];
const PATTERN_WORDS: TokenType[] = [T.Colon, T.Like, T.InsensitiveLike, T.Regex, T.InsensitiveRegex];

/** One alternative per token type, for an `OR`. */
export const alternatives = (types: TokenType[], consume: (type: TokenType, index: number) => IToken) =>
  types.map((type, index) => ({ ALT: () => consume(type, index) }));

/** Conditions and values: what stands after `where`. From the loosest binding to the tightest. */
export abstract class ConditionParser extends EmbeddedActionsParser {
  /** Told what the grammar allows and EQL does not. Set before each parse. */
  complain: Complain = () => {};
  /** Behind a pipe: there, expressions are about whole matches. */
  protected behindPipe = false;

  /** @param skipValidations whether the grammar itself is taken for proven: a test proves it, a start need not */
  constructor(skipValidations = true) {
    super(T.TOKENS, { recoveryEnabled: false, maxLookahead: 2, skipValidations });
  }

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

  private sum = this.RULE("sum", (): Expression => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const sign = this.OR<IToken>([
        { ALT: () => this.CONSUME(T.Plus) },
        { ALT: () => this.CONSUME(T.Minus) },
      ]);
      left = this.arithmetic(sign, left, this.SUBRULE2(this.product));
    });
    return left;
  });

  private product = this.RULE("product", (): Expression => {
    let left = this.SUBRULE(this.unary);
    this.MANY(() => {
      const sign = this.OR<IToken>([
        { ALT: () => this.CONSUME(T.Star) },
        { ALT: () => this.CONSUME(T.Slash) },
        { ALT: () => this.CONSUME(T.Percent) },
      ]);
      left = this.arithmetic(sign, left, this.SUBRULE2(this.unary));
    });
    return left;
  });

  private arithmetic(sign: IToken, left: Expression, right: Expression): Expression {
    return this.ACTION(() => {
      for (const side of [left, right]) checkNumber(side, sign, this.complain);
      return { op: "arithmetic", sign: sign.image as Sign, left, right };
    });
  }

  private unary = this.RULE("unary", (): Expression => {
    let negative = false;
    let sign: IToken | undefined;
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            sign = this.CONSUME(T.Minus);
            negative = !negative;
          },
        },
        { ALT: () => (sign = this.CONSUME(T.Plus)) },
      ]);
    });
    const of = this.SUBRULE(this.primary);
    return this.ACTION(() => {
      if (sign !== undefined) checkNumber(of, sign, this.complain);
      if (!negative) return of;
      if (of.op === "constant") return { ...of, value: -(of.value as number) };
      return { op: "negative", of };
    });
  });

  private primary = this.RULE("primary", (): Expression => {
    return this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.nameOrCall) },
      { ALT: () => this.SUBRULE(this.constant) },
      {
        ALT: () => {
          this.CONSUME(T.Question);
          const name = this.CONSUME(T.Name);
          return this.ACTION((): Expression => {
            return { op: "field", name: plainName(name.image), optional: true };
          });
        },
      },
      {
        ALT: () => {
          const name = this.CONSUME(T.EventName);
          return this.ACTION((): Expression => {
            if (!this.behindPipe)
              this.complain(
                name,
                "`events[…]` stands for an event of a match, and is known behind pipes only",
              );
            return { op: "field", name: plainName(name.image) };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.Open);
          const inner = this.SUBRULE(this.condition);
          this.CONSUME(T.Close);
          return inner;
        },
      },
    ]);
  });

  private nameOrCall = this.RULE("nameOrCall", (): Expression => {
    const name = this.CONSUME(T.Name);
    let args: Expression[] | undefined;
    let ignoreCase = false;
    this.OPTION(() => {
      this.OPTION2(() => {
        this.CONSUME(T.Tilde);
        ignoreCase = true;
      });
      this.CONSUME(T.Open);
      const given: Expression[] = [];
      this.MANY_SEP({ SEP: T.Comma, DEF: () => given.push(this.SUBRULE(this.condition)) });
      this.CONSUME(T.Close);
      args = given;
    });
    return this.ACTION((): Expression => {
      if (args === undefined) return { op: "field", name: plainName(name.image) };
      checkCall(name, args, ignoreCase, this.complain);
      return { op: "call", name: name.image, args, ...(ignoreCase && { ignoreCase }) };
    });
  });

  private constant = this.RULE("constant", (): Expression => {
    return this.OR<Expression>([
      this.literal(T.Text, (token) => ({ value: stringOf(token, this.complain) })),
      this.literal(T.RawString, ({ image }) => ({ value: image.slice(3, -3) })),
      this.literal(T.Decimal, ({ image }) => ({ value: Number(image), float: true })),
      this.literal(T.Integer, ({ image }) => ({ value: Number(image) })),
      this.literal(T.True, () => ({ value: true })),
      this.literal(T.False, () => ({ value: false })),
      this.literal(T.Null, () => ({ value: null })),
    ]);
  });

  private literal(type: TokenType, read: (token: IToken) => { value: Constant; float?: true }) {
    return {
      ALT: (): Expression => {
        const token = this.CONSUME(type);
        return this.ACTION(() => ({ op: "constant", ...read(token) }));
      },
    };
  }
}
