import * as T from "./lexer.js";
import { SampleParser } from "./sample-parser.js";

/**
 * The grammar language's own grammar. It builds a concrete tree with error recovery, so that one run reports
 * every mistake of a file; `ast()` turns the tree into the AST.
 */
export class GrammarParser extends SampleParser {
  constructor() {
    super([...T.TOKENS], { recoveryEnabled: true, maxLookahead: 3, nodeLocationTracking: "none" });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE("file", () => {
    this.MANY(() => this.SUBRULE(this.statement));
  });

  readonly statement = this.RULE("statement", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.grammar) },
      { ALT: () => this.SUBRULE(this.about) },
      { ALT: () => this.SUBRULE(this.command) },
      { ALT: () => this.SUBRULE(this.layer) },
      { ALT: () => this.SUBRULE(this.accepts) },
      { ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.continuation) },
      { ALT: () => this.SUBRULE(this.wants) },
      { ALT: () => this.SUBRULE(this.stamps) },
      { ALT: () => this.SUBRULE(this.inherit) },
      { ALT: () => this.SUBRULE(this.token) },
      { ALT: () => this.SUBRULE(this.rule) },
      { ALT: () => this.SUBRULE(this.event) },
      { ALT: () => this.SUBRULE(this.sample) },
      { ALT: () => this.SUBRULE(this.reject) },
    ]);
  });

  private readonly grammar = this.RULE("grammar", () => {
    this.CONSUME(T.KwGrammar);
    this.CONSUME(T.Ident);
    this.OPTION(() => this.CONSUME(T.Text));
  });

  private readonly about = this.RULE("about", () => {
    this.CONSUME(T.KwAbout);
    this.AT_LEAST_ONE(() => this.CONSUME(T.Text));
  });

  private readonly command = this.RULE("command", () => {
    this.CONSUME(T.KwCommand);
    this.AT_LEAST_ONE(() => {
      this.CONSUME(T.Text);
      this.OPTION(() => this.CONSUME(T.Comma));
    });
  });

  private readonly layer = this.RULE("layer", () => {
    this.CONSUME(T.KwLayer);
    this.CONSUME(T.Ident);
    this.OPTION(() => this.CONSUME2(T.Ident));
  });

  private readonly accepts = this.RULE("accepts", () => {
    this.CONSUME(T.KwAccepts);
    // The first word tells which it is, so that what is wrong behind it is said of that.
    this.OR({
      MAX_LOOKAHEAD: 1,
      IGNORE_AMBIGUITIES: true,
      DEF: [
        { ALT: () => this.SUBRULE(this.there) },
        {
          ALT: () => {
            this.SUBRULE(this.condition);
            this.MANY(() => {
              this.CONSUME(T.KwAnd);
              this.SUBRULE2(this.condition);
            });
          },
        },
      ],
    });
  });

  private readonly condition = this.RULE("condition", () => {
    this.CONSUME(T.Ident);
    this.OPTION(() => this.CONSUME(T.Question));
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.KwIn);
          this.CONSUME(T.LParen);
          this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.CONSUME(T.Text) });
          this.CONSUME(T.RParen);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.KwMatches);
          this.CONSUME(T.Regex);
        },
      },
    ]);
  });

  private readonly set = this.RULE("set", () => {
    this.CONSUME(T.KwSet);
    this.CONSUME(T.LBrace);
    this.MANY(() => {
      this.SUBRULE(this.assignment);
      this.OPTION(() => this.CONSUME(T.Comma));
    });
    this.CONSUME(T.RBrace);
  });

  private readonly record = this.RULE("record", () => {
    this.CONSUME(T.KwRecord);
    this.CONSUME(T.Ident);
  });

  private readonly continuation = this.RULE("continuation", () => {
    this.CONSUME(T.KwContinuation);
    this.CONSUME(T.Regex);
  });

  private readonly stamps = this.RULE("stamps", () => {
    this.CONSUME(T.KwStamps);
    this.CONSUME(T.Ident);
  });

  private readonly wants = this.RULE("wants", () => {
    this.CONSUME(T.KwWants);
    this.AT_LEAST_ONE(() => {
      this.CONSUME(T.Text);
      this.OPTION(() => this.CONSUME(T.Comma));
    });
  });

  private readonly inherit = this.RULE("inherit", () => {
    this.CONSUME(T.KwInherit);
    this.SUBRULE(this.names);
  });

  private readonly names = this.RULE("names", () => {
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.CONSUME(T.Ident) });
  });

  private readonly token = this.RULE("token", () => {
    this.CONSUME(T.KwToken);
    this.CONSUME(T.Ident);
    this.CONSUME(T.Equals);
    this.CONSUME(T.Regex);
    this.OPTION(() => {
      this.CONSUME(T.KwAs);
      this.CONSUME2(T.Ident);
    });
  });

  private readonly rule = this.RULE("rule", () => {
    this.CONSUME(T.KwRule);
    this.CONSUME(T.Ident);
    this.CONSUME(T.Equals);
    this.SUBRULE(this.choice);
  });

  private readonly event = this.RULE("event", () => {
    this.CONSUME(T.KwEvent);
    this.CONSUME(T.Ident);
    this.OPTION(() => this.SUBRULE(this.after));
    this.OPTION2(() => this.SUBRULE(this.forgets));
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.Equals);
          this.SUBRULE(this.choice);
          this.MANY(() => this.SUBRULE(this.pass));
        },
      },
      { ALT: () => this.SUBRULE(this.told) },
    ]);
  });

  private readonly after = this.RULE("after", () => {
    this.CONSUME(T.KwAfter);
    this.AT_LEAST_ONE_SEP({ SEP: T.KwOr, DEF: () => this.CONSUME(T.Ident) });
  });

  private readonly forgets = this.RULE("forgets", () => {
    this.CONSUME(T.KwForgets);
    this.SUBRULE(this.names);
  });

  private readonly pass = this.RULE("pass", () => {
    this.CONSUME(T.KwPass);
    this.CONSUME(T.Ident);
    this.CONSUME(T.KwTo);
    this.CONSUME2(T.Ident);
  });
}

let parser: GrammarParser | undefined;

/** One parser for all files: building it costs tens of milliseconds. */
export function grammarParser(): GrammarParser {
  parser ??= new GrammarParser();
  return parser;
}
