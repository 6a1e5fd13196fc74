import { DocumentParser } from "./document-parser.js";
import * as T from "./lexer.js";

/** Rules for a grammar's samples: records, what stands above them, and what is read of them. */
export abstract class SampleParser extends DocumentParser {
  protected readonly sample = this.RULE("sample", () => {
    this.CONSUME(T.KwSample);
    this.OPTION(() => this.SUBRULE(this.before));
    this.SUBRULE(this.recordText);
    this.MANY(() => this.SUBRULE(this.given));
  });

  private readonly given = this.RULE("given", () => {
    this.CONSUME(T.Arrow);
    this.CONSUME(T.Ident);
    this.OPTION(() => this.SUBRULE(this.fields));
  });

  protected readonly reject = this.RULE("reject", () => {
    this.CONSUME(T.KwReject);
    this.OPTION(() => this.SUBRULE(this.before));
    this.SUBRULE(this.recordText);
  });

  private readonly before = this.RULE("before", () => {
    this.CONSUME(T.KwAfter);
    this.OR([
      { ALT: () => this.CONSUME(T.Text) },
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => this.CONSUME(T.RawLine));
          this.CONSUME(T.KwReads);
        },
      },
    ]);
  });

  private readonly recordText = this.RULE("recordText", () => {
    this.OR([
      { ALT: () => this.AT_LEAST_ONE(() => this.CONSUME(T.Text)) },
      { ALT: () => this.AT_LEAST_ONE2(() => this.CONSUME(T.RawLine)) },
    ]);
  });

  private readonly fields = this.RULE("fields", () => {
    this.CONSUME(T.LBrace);
    this.MANY(() => {
      this.SUBRULE(this.field);
      this.OPTION(() => this.CONSUME(T.Comma));
    });
    this.CONSUME(T.RBrace);
  });

  private readonly field = this.RULE("field", () => {
    this.CONSUME(T.Ident);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.value);
  });
}
