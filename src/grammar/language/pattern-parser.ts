import { CstParser } from "chevrotain";
import * as T from "./lexer.js";

/** The part of the grammar language that describes patterns and values. */
export abstract class PatternParser extends CstParser {
  protected readonly value = this.RULE("value", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.scalar) },
      { ALT: () => this.CONSUME(T.KwTrue) },
      { ALT: () => this.CONSUME(T.KwFalse) },
      { ALT: () => this.CONSUME(T.Copy) },
      {
        ALT: () => {
          this.CONSUME(T.LBracket);
          this.MANY_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE2(this.scalar) });
          this.CONSUME(T.RBracket);
        },
      },
    ]);
  });

  protected readonly scalar = this.RULE("scalar", () => {
    this.OR([{ ALT: () => this.CONSUME(T.Text) }, { ALT: () => this.CONSUME(T.Numeral) }]);
  });

  protected readonly choice = this.RULE("choice", () => {
    this.AT_LEAST_ONE_SEP({ SEP: T.Bar, DEF: () => this.SUBRULE(this.sequence) });
  });

  protected readonly sequence = this.RULE("sequence", () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.item));
  });

  protected readonly item = this.RULE("item", () => {
    this.OPTION(() => this.CONSUME(T.KwOrdered));
    this.SUBRULE(this.atom);
    this.OPTION2(() => {
      this.OR([
        { ALT: () => this.CONSUME(T.Question) },
        { ALT: () => this.CONSUME(T.Star) },
        { ALT: () => this.CONSUME(T.Plus) },
      ]);
    });
  });

  protected readonly atom = this.RULE("atom", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.capture) },
      { ALT: () => this.SUBRULE(this.constant) },
      { ALT: () => this.SUBRULE(this.plain) },
    ]);
  });

  protected readonly capture = this.RULE("capture", () => {
    this.CONSUME(T.Ident);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.plain);
    this.OPTION(() => {
      this.CONSUME(T.KwAs);
      this.CONSUME2(T.Ident);
    });
  });

  protected readonly constant = this.RULE("constant", () => {
    this.CONSUME(T.LBracket);
    this.SUBRULE(this.assignment);
    this.CONSUME(T.RBracket);
  });

  protected readonly plain = this.RULE("plain", () => {
    this.OR([
      { ALT: () => this.CONSUME(T.Text) },
      { ALT: () => this.CONSUME(T.Ident) },
      { ALT: () => this.CONSUME(T.KwRest) },
      { ALT: () => this.SUBRULE(this.upto) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.list) },
    ]);
  });

  protected readonly group = this.RULE("group", () => {
    this.CONSUME(T.LParen);
    this.SUBRULE(this.choice);
    this.CONSUME(T.RParen);
  });

  protected readonly upto = this.RULE("upto", () => {
    this.CONSUME(T.KwUpto);
    this.OPTION(() => {
      this.CONSUME(T.KwOutside);
      this.CONSUME(T.Ident);
    });
    this.OR([
      { ALT: () => this.CONSUME(T.Text) },
      { ALT: () => this.CONSUME2(T.Ident) },
      { ALT: () => this.SUBRULE(this.group) },
    ]);
  });

  protected readonly list = this.RULE("list", () => {
    this.CONSUME(T.KwList);
    this.CONSUME(T.LParen);
    this.SUBRULE(this.choice);
    this.CONSUME(T.Comma);
    this.CONSUME(T.Text);
    this.CONSUME(T.RParen);
  });

  protected readonly assignment = this.RULE("assignment", () => {
    this.CONSUME(T.Ident);
    this.CONSUME(T.Equals);
    this.SUBRULE(this.value);
  });
}
