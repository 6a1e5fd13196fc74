import { EmbeddedActionsParser, type IToken, type ParserMethod, type TokenType } from "chevrotain";
import type { Constant, Expression, Sign } from "./ast.js";
import { type Complain, checkCall, checkNumber, stringOf } from "./check.js";
import { plainName } from "./literals.js";
import { functionName } from "./signatures.js";
import * as T from "./tokens.js";

/** Values: sums, products, functions, fields and constants. From the loosest binding to the tightest. */
export abstract class ValueParser extends EmbeddedActionsParser {
  /** Told what the grammar allows and EQL does not. Set before each parse. */
  complain: Complain = () => {};
  /** Behind a pipe: there, expressions are about whole matches. */
  protected behindPipe = false;

  /** What stands in parentheses, and each argument of a function. */
  protected abstract condition: ParserMethod<[], Expression>;

  /** @param skipValidations whether the grammar itself is taken for proven: a test proves it, a start need not */
  constructor(skipValidations = true) {
    super(T.TOKENS, { recoveryEnabled: false, maxLookahead: 2, skipValidations });
  }

  protected sum = this.RULE("sum", (): Expression => {
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

  protected nameOrCall = this.RULE("nameOrCall", (): Expression => {
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
      return { op: "call", name: functionName(name.image), args, ...(ignoreCase && { ignoreCase }) };
    });
  });

  protected constant = this.RULE("constant", (): Expression => {
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
