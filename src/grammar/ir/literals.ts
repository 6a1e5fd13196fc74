import type { Node } from "./ir.js";

const MAX_ALTERNATIVES = 64;
const MAX_LENGTH = 200;

/**
 * Literals that every text of the node contains: a conjunction of alternatives. Adjacent literals are joined
 * through captures; a token breaks the run, unless it is a choice of words; optional parts give nothing.
 */
export function requiredLiterals(node: Node): string[][] {
  const walker = new Walker();
  walker.walk(node);
  walker.flush();
  return walker.sets;
}

/** The literal that the node begins with, "" when it begins with none. */
export function leadingLiteral(node: Node): string {
  return leading(node).text;
}

class Walker {
  readonly sets: string[][] = [];
  /** Alternatives of the literal under way: every text has one of them here. */
  private run: string[] = [""];

  flush(): void {
    if (this.run.every((literal) => literal !== "")) this.sets.push([...new Set(this.run)]);
    this.run = [""];
  }

  walk(node: Node): void {
    switch (node.kind) {
      case "literal":
        this.append([node.bytes]);
        return;
      case "class": {
        const [only, another] = node.set.members();
        if (only !== undefined && another === undefined) this.append([String.fromCharCode(only)]);
        else this.flush();
        return;
      }
      case "sequence":
        for (const item of node.items) this.walk(item);
        return;
      case "named":
        this.walk(node.item);
        return;
      case "slot":
        if (node.item) this.walk(node.item);
        return;
      case "repeat":
        this.repeat(node);
        return;
      case "choice":
        this.choice(node.items);
        return;
      case "upto":
        this.flush();
    }
  }

  private append(words: readonly string[]): void {
    const longest = Math.max(...this.run.map((literal) => literal.length));
    if (this.run.length * words.length > MAX_ALTERNATIVES || longest > MAX_LENGTH) this.flush();
    this.run = this.run.flatMap((literal) => words.map((word) => literal + word));
  }

  private repeat(node: Node & { kind: "repeat" }): void {
    if (node.min > 0 && node.min === node.max && node.min <= 16) {
      for (let i = 0; i < node.min; i++) this.walk(node.item);
      return;
    }
    this.flush();
    if (node.min > 0) this.sets.push(...requiredLiterals(node.item));
  }

  private choice(items: readonly Node[]): void {
    const words = items.map(wordOf);
    if (items.length <= MAX_ALTERNATIVES && words.every((word) => word !== undefined)) {
      this.append(words);
      return;
    }
    this.flush();
    const best = items.map((item) => bestOf(requiredLiterals(item)));
    if (!best.every((set) => set !== undefined)) return;
    const joined = [...new Set(best.flat())];
    if (joined.length <= MAX_ALTERNATIVES) this.sets.push(joined);
  }
}

/** The text of a node that is exactly one non-empty text. */
function wordOf(node: Node): string | undefined {
  const lead = leading(node);
  return lead.whole && lead.text !== "" ? lead.text : undefined;
}

function leading(node: Node): { text: string; whole: boolean } {
  switch (node.kind) {
    case "literal":
      return { text: node.bytes, whole: true };
    case "class": {
      const members = node.set.members();
      return members.length === 1
        ? { text: String.fromCharCode(members[0]!), whole: true }
        : { text: "", whole: false };
    }
    case "sequence": {
      let text = "";
      for (const item of node.items) {
        const part = leading(item);
        text += part.text;
        if (!part.whole) return { text, whole: false };
      }
      return { text, whole: true };
    }
    case "named":
      return leading(node.item);
    case "slot":
      return node.item ? leading(node.item) : { text: "", whole: true };
    case "repeat":
      return node.min === 1 && node.max === 1
        ? leading(node.item)
        : { text: node.min > 0 ? leading(node.item).text : "", whole: false };
    case "choice":
    case "upto":
      return { text: "", whole: false };
  }
}

/** The set whose weakest literal is strongest. */
export function bestOf(sets: readonly (readonly string[])[]): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  let top = 0;
  for (const set of sets) {
    let weakest = Number.POSITIVE_INFINITY;
    for (const literal of set) weakest = Math.min(weakest, strength(literal));
    if (weakest > top) [best, top] = [set, weakest];
  }
  return best;
}

/** What each byte of a literal counts: blanks and common letters are everywhere. */
const WEIGHTS = new Float64Array(256).fill(1);
for (const char of "etaoinsr") WEIGHTS[char.charCodeAt(0)] = 0.8;
WEIGHTS[0x20] = 0.4;

/** Length of a literal, blanks and common letters counting less. Asked of a thousand literals at each start. */
export function strength(literal: string): number {
  let sum = 0;
  for (let i = 0; i < literal.length; i++) sum += WEIGHTS[literal.charCodeAt(i) & 0xff]!;
  return sum;
}

/**
 * Bytes that JSON or logfmt would escape, or that are not one byte everywhere. Go's JSON encoder (docker's json-file
 * too) also writes `<`, `>` and `&` as `\u003c`, ….
 */
const ESCAPED = /["\\<>&\x00-\x1f\x7f-\xff]+/;

/**
 * The best set of literals that stand as they are in any file, whatever JSON or logfmt did to the text: each literal
 * is cut at bytes that may be escaped, the longest part counts. Empty when nothing is left of some literal.
 */
export function rawLiterals(sets: readonly (readonly string[])[]): readonly string[] {
  return bestOf(sets.map((set) => set.map(longestPart))) ?? [];
}

function longestPart(literal: string): string {
  if (!ESCAPED.test(literal)) return literal;
  return literal.split(ESCAPED).reduce((best, part) => (strength(part) > strength(best) ? part : best), "");
}
