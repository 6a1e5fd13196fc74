import { mayBegin } from "../../grammar/beginning.js";
import { Blocks } from "../../grammar/blocks.js";
import type { Grammar, Shape } from "../../grammar/types.js";

/** Longer records are cut before any regular expression sees them: a bound on V8's backtracking stack. */
export const MAX_RECORD = 1 << 20;

const NO_BLOCKS = new Blocks();

/** One grammar's shapes, with the one that matched last tried first: the lines of a file are mostly alike. */
export class Claimer {
  readonly grammar: Grammar;
  /** How many records were claimed; kept by the reader. */
  count = 0;
  /** The shapes in the order in which they are tried: most claimers are never asked. */
  private order: Shape[] | undefined;
  /** The shape of the last successful {@link claims}. */
  shape: Shape | undefined;

  /**
   * @param blocks those that are open where the records stand; of records that are looked at alone nothing is known
   * @param shapes those of the grammar that may match at all; all of them when nothing else is known
   */
  constructor(
    grammar: Grammar,
    private readonly blocks: Blocks = NO_BLOCKS,
    private readonly shapes: readonly Shape[] = grammar.shapes,
  ) {
    this.grammar = grammar;
  }

  /**
   * Does some shape match the whole text?
   * @param shapes those that may, where others are known not to; the one that matches moves to their beginning
   */
  claims(text: string, shapes: Shape[] = (this.order ??= [...this.shapes])): boolean {
    const { document } = this.grammar;
    // All events of a document have the same signs, in each of the forms that it may be written in: it is read as a whole.
    if (document) {
      const sign = shapes.find((shape, i) => !isLike(shape, shapes[i - 1]) && mayMatch(shape, text));
      if (!sign || !document.recognises(text)) return false;
      this.shape = sign;
      return true;
    }
    for (let i = 0; i < shapes.length; i++) {
      const shape = shapes[i]!;
      if (shape.after && !this.blocks.allows(shape)) continue;
      // V8 compiles an expression when it is first run, which costs as much as reading a thousand lines: most are never needed.
      if (shape !== this.shape && !mayMatch(shape, text)) continue;
      shape.regex.lastIndex = 0;
      let matched = false;
      try {
        matched = shape.regex.test(text);
      } catch {
        // V8 ran out of backtracking stack: it does not match as far as anybody can tell.
      }
      if (matched) {
        if (i > 0) {
          // Shapes of one grammar match no common text (its samples prove it), so their order is free.
          shapes[i] = shapes[i - 1]!;
          shapes[i - 1] = shape;
        }
        this.shape = shape;
        return true;
      }
    }
    return false;
  }

  /** Does the line that begins at `at` continue the record before it? */
  continues(text: string, at: number): boolean {
    const { continuation } = this.grammar.framing;
    if (!continuation) return false;
    continuation.lastIndex = at;
    return continuation.test(text);
  }
}

/** Has the shape the same signs as the one that was asked before? */
function isLike({ prefix, begins, literals }: Shape, before: Shape | undefined): boolean {
  return (
    before !== undefined &&
    prefix === before.prefix &&
    areSame(begins ?? [], before.begins ?? []) &&
    literals.length === before.literals.length &&
    literals.every((set, i) => areSame(set, before.literals[i]!))
  );
}

const areSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, i) => text === others[i]);

/** Can the shape match the text, as far as this tells without its expression? */
export function mayMatch(shape: Shape, text: string): boolean {
  return hasBeginning(shape, text) && hasLiterals(shape, text);
}

/** Does the text begin as the shape's records do, as far as their first bytes tell? */
export function hasBeginning({ begins }: Shape, text: string): boolean {
  return begins === undefined || mayBegin(begins, text);
}

/** Does the text have the literals without which the shape cannot match it? */
function hasLiterals({ prefix, literals }: Shape, text: string): boolean {
  if (prefix !== undefined && !text.startsWith(prefix)) return false;
  return hasSets(literals, (literal) => text.includes(literal));
}

/** Is there one literal of each set in a text? @param stands whether the text has a literal */
export function hasSets(literals: Shape["literals"], stands: (literal: string) => boolean): boolean {
  return literals.every((set) => set.some(stands));
}

/** What looking at the beginning of a source told. */
export interface Detection {
  /** Envelopes that claimed something, the one that explains most first. */
  ranked: { grammar: Grammar; claimed: number }[];
  /** Non-empty records looked at. */
  records: number;
  /** Most lines have blanks before them that are no part of the format: pasted text. */
  pasted: boolean;
}

/** Does it claim only what no other format does? */
export const isGeneric = (grammar: Grammar): boolean => grammar.layer === "generic";

/** A source is read by many readers, one for each stretch and more: the order is the same for all. */
const orders = new WeakMap<Detection, { envelopes: readonly Grammar[]; formats: readonly Grammar[] }>();

/**
 * All formats in the order in which a source's records are offered to them: those that its beginning told of first, generic ones last
 * of all.
 */
export function claimersOf(detection: Detection, envelopes: readonly Grammar[], blocks: Blocks): Claimer[] {
  let order = orders.get(detection);
  if (order?.envelopes !== envelopes) {
    const all = [...new Set([...detection.ranked.map(({ grammar }) => grammar), ...envelopes])];
    const formats = [...all.filter((grammar) => !isGeneric(grammar)), ...all.filter(isGeneric)];
    orders.set(detection, (order = { envelopes, formats }));
  }
  return order.formats.map((grammar) => new Claimer(grammar, blocks));
}

/** The format that most records of a source have. A generic one is none: each record is offered to all others first. */
export function mainFormat({ ranked }: Detection): Grammar | undefined {
  const first = ranked[0]?.grammar;
  return first && isGeneric(first) ? undefined : first;
}

/** Do records of this format carry a time? What an unstamped one continues with may be a stamped record of another. */
export function isStamped(grammar: Grammar): boolean {
  let known = stamped.get(grammar);
  if (known === undefined)
    stamped.set(grammar, (known = grammar.shapes.some(({ stamps }) => stamps.length > 0)));
  return known;
}
const stamped = new WeakMap<Grammar, boolean>();
