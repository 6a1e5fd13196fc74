import * as T from "./lexer.js";
import { PatternParser } from "./pattern-parser.js";

/** Rules for what a grammar says of documents: conditions on paths, and events with their entries. */
export abstract class DocumentParser extends PatternParser {
  protected readonly there = this.RULE("there", () => {
    this.SUBRULE(this.test);
    this.MANY(() => {
      this.CONSUME(T.KwAnd);
      this.SUBRULE2(this.test);
    });
  });

  private readonly test = this.RULE("test", () => {
    this.OPTION(() => this.CONSUME(T.KwNot));
    this.CONSUME(T.Path);
    this.OPTION2(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(T.KwIn);
            this.CONSUME(T.LParen);
            this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.value) });
            this.CONSUME(T.RParen);
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.KwMatches);
            this.CONSUME(T.Regex);
          },
        },
      ]),
    );
  });

  protected readonly told = this.RULE("told", () => {
    this.MANY(() => {
      this.CONSUME(T.KwEach);
      this.CONSUME(T.Path);
    });
    this.OPTION(() => this.SUBRULE(this.when));
    this.CONSUME(T.LBrace);
    this.MANY2(() => {
      this.SUBRULE(this.entry);
      this.OPTION2(() => this.CONSUME(T.Comma));
    });
    this.CONSUME(T.RBrace);
  });

  private readonly when = this.RULE("when", () => {
    this.CONSUME(T.KwWhen);
    this.SUBRULE(this.there);
  });

  private readonly entry = this.RULE("entry", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.Ident);
          this.CONSUME(T.Equals);
          this.SUBRULE(this.taken);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.Path);
          this.CONSUME2(T.Equals);
          this.SUBRULE(this.group);
        },
      },
    ]);
    this.OPTION(() => this.SUBRULE(this.when));
  });

  private readonly taken = this.RULE("taken", () => {
    this.OR([
      {
        ALT: () => {
          this.OR2([{ ALT: () => this.CONSUME(T.Path) }, { ALT: () => this.CONSUME(T.KwKey) }]);
          this.OPTION(() => {
            this.CONSUME(T.KwAs);
            this.OR3([{ ALT: () => this.CONSUME(T.Ident) }, { ALT: () => this.CONSUME(T.Text) }]);
          });
        },
      },
      { ALT: () => this.SUBRULE(this.value) },
    ]);
  });
}
