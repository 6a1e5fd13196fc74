/**
 * What a rule or a token of a values grammar read. Offsets are bytes in the text. Tokens are leaves: their `rule` is
 * the token's name and `text` what was read; rules have `parts` and `items`.
 */
export interface ValueNode {
  rule: string;
  start: number;
  end: number;
  /** The bytes read. */
  text: string;
  /** What `name:RULE` captured, in order: repetitions capture more than one. */
  parts: Record<string, ValueNode[]>;
  /** Rules and tokens that were not captured, in order; literals of the grammar are left out. */
  items: ValueNode[];
}

/** Something in the text that the grammar does not expect. Reading goes on after it. */
export interface ValueError {
  /** Byte offset. */
  offset: number;
  message: string;
}

export interface ValueReading {
  /** `undefined` only when nothing could be read at all. */
  tree: ValueNode | undefined;
  errors: ValueError[];
}

/** A leaf for a token. */
export function leaf(rule: string, text: string, start: number): ValueNode {
  return { rule, start, end: start + text.length, text, parts: {}, items: [] };
}
