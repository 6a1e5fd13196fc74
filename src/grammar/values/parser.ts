import { EmbeddedActionsParser, type IToken, type ParserMethod } from "chevrotain";
import type { GrammarAst, Piece } from "../language/ast.js";
import { type Plan, planOf } from "./plan.js";
import { leaf, type ValueNode } from "./tree.js";
import type { Vocabulary } from "./vocabulary.js";

/** How deep values may nest: deeper ones come from nobody but an attacker. */
const MAX_DEPTH = 120;

/** The text nests deeper than anybody's values do. */
export class TooDeep extends Error {}

/** Collects what one rule reads. */
interface Frame {
  node: ValueNode;
  /** Set while a piece is captured: where its nodes go instead of `items`. */
  field: string | undefined;
}

/**
 * A Chevrotain parser made from the rules of a values grammar, with error recovery: what is broken is skipped and
 * reported, the rest is read.
 */
export class ValuesParser extends EmbeddedActionsParser {
  private readonly methods = new Map<string, ParserMethod<[], ValueNode | undefined>>();
  private readonly frames: Frame[] = [];
  private source = "";

  /** @throws Error when a rule is left recursive or ambiguous within two tokens. */
  constructor(
    ast: GrammarAst,
    private readonly vocabulary: Vocabulary,
  ) {
    super([...vocabulary.tokens], { recoveryEnabled: true, maxLookahead: 2 });
    for (const def of ast.rules) {
      const plan = planOf(def);
      const body = (): ValueNode | undefined => {
        this.ACTION(() => this.begin(def.name));
        this.run(plan.body, plan);
        return this.ACTION(() => this.end());
      };
      this.methods.set(def.name, this.RULE(def.name, body, { recoveryValueFunc: () => undefined }));
    }
    this.performSelfAnalysis();
  }

  /** Parses tokens from the given rule on. @throws TooDeep */
  parse(rule: string, source: string, tokens: IToken[]): ValueNode | undefined {
    this.frames.length = 0;
    this.source = source;
    this.input = tokens;
    return this.methods.get(rule)?.call(this) ?? this.salvage(0);
  }

  private run(piece: Piece, plan: Plan): void {
    const use = plan.uses.get(piece)!;
    switch (piece.kind) {
      case "literal":
        this.consume(use, this.vocabulary.byLiteral.get(piece.bytes)!);
        return;
      case "ref":
        this.refer(use, piece.name);
        return;
      case "sequence":
        for (const item of piece.items) this.run(item, plan);
        return;
      case "choice":
        this.or(use, { DEF: piece.items.map((item) => ({ ALT: () => this.run(item, plan) })) });
        return;
      case "repeat": {
        const body = (): void => this.run(piece.item, plan);
        if (piece.max === 1) this.option(use, body);
        else if (piece.min === 0) this.many(use, body);
        else this.atLeastOne(use, body);
        return;
      }
      case "capture":
        this.ACTION(() => this.capture(piece.field));
        this.run(piece.item, plan);
        this.ACTION(() => this.capture(undefined));
    }
  }

  private refer(use: number, name: string): void {
    const type = this.vocabulary.byName.get(name);
    if (!type) {
      const mark = this.frames.length;
      const node = this.subrule(use, this.methods.get(name)!);
      this.ACTION(() => this.add(node ?? this.salvage(mark)));
      return;
    }
    const token = this.consume(use, type);
    this.ACTION(() => {
      if (!token.isInsertedInRecovery) this.add(leaf(name, token.image, token.startOffset));
    });
  }

  private begin(rule: string): void {
    if (this.frames.length >= MAX_DEPTH) throw new TooDeep();
    const next = this.LA(1).startOffset;
    const start = Number.isNaN(next) ? this.source.length : next;
    this.frames.push({ node: leaf(rule, "", start), field: undefined });
  }

  private end(): ValueNode {
    const { node } = this.frames.pop()!;
    const last = this.LA(0) as IToken | undefined;
    const end = last && !Number.isNaN(last.startOffset) ? last.startOffset + last.image.length : 0;
    node.end = Math.max(node.start, end || 0);
    node.text = this.source.slice(node.start, node.end);
    return node;
  }

  /** After a mistake: what a rule had read so far, with what the rules inside it had read. */
  private salvage(mark: number): ValueNode | undefined {
    while (this.frames.length > mark + 1) this.add(this.end());
    return this.frames.length > mark ? this.end() : undefined;
  }

  private capture(field: string | undefined): void {
    this.frames.at(-1)!.field = field;
  }

  private add(node: ValueNode | undefined): void {
    const frame = this.frames.at(-1);
    if (!frame || !node) return;
    if (frame.field === undefined) frame.node.items.push(node);
    else (frame.node.parts[frame.field] ??= []).push(node);
  }
}
