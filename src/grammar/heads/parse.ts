import { ByteSet } from "../bytes.js";
import type { Node } from "../ir/ir.js";

/** The expression has parts that are not read here: it then gives no heads. */
export class NotRead extends Error {}

const NOTHING: Node = { kind: "class", set: ByteSet.EMPTY };
const EMPTY: Node = { kind: "sequence", items: [] };
const UNBOUNDED = Number.POSITIVE_INFINITY;
/** Signs that mean something in an expression, so that the emitter never writes them for themselves. */
const META = /[\\^$.|?*+()[\]{}/]/;

/**
 * Reads a regular expression as the grammar compiler writes them (`ir/regex.ts`): byte classes, groups, alternatives, counts. What
 * only a look-ahead lets through is left out, so that the result accepts some of what the expression accepts, and nothing else; or
 * look-aheads are passed over, so that it accepts that and perhaps more.
 *
 * @param source without a `$` at its end
 * @throws NotRead
 */
export function parseRegex(source: string, lookAheads: "left out" | "passed over" = "left out"): Node {
  const parser = new Parser(source, lookAheads === "passed over" ? EMPTY : NOTHING);
  const node = parser.alternatives();
  parser.finish();
  return node;
}

const choiceOf = (items: Node[]): Node =>
  items.length === 1 ? items[0]! : { kind: "choice", items, ordered: false };

function ordered(node: Node): Node {
  // A pattern of one item comes as a sequence.
  const only = node.kind === "sequence" && node.items.length === 1 ? node.items[0]! : node;
  return only.kind === "choice" || only.kind === "repeat" ? { ...only, ordered: true } : only;
}

class Parser {
  private at = 0;
  /** Groups that capture, so far. */
  private captures = 0;
  /** Where the plain group lies that was read last. */
  private last = { from: -1, to: -1 };

  /** @param unseen what stands in the place of a look-ahead */
  constructor(
    private readonly source: string,
    private readonly unseen: Node,
  ) {}

  finish(): void {
    if (this.at < this.source.length) throw new NotRead(this.source.slice(this.at, this.at + 20));
  }

  alternatives(): Node {
    const items = [this.sequence()];
    while (this.eat("|")) items.push(this.sequence());
    return choiceOf(items);
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.at < this.source.length && !this.sees("|") && !this.sees(")")) items.push(this.counted());
    return { kind: "sequence", items };
  }

  private counted(): Node {
    const item = this.atom();
    const counts = this.counts();
    // A lazy quantifier accepts the same texts.
    if (!counts) return item;
    this.eat("?");
    const [min, max] = counts;
    return { kind: "repeat", item, min, max, ordered: false };
  }

  private counts(): [min: number, max: number] | undefined {
    if (this.eat("*")) return [0, UNBOUNDED];
    if (this.eat("+")) return [1, UNBOUNDED];
    if (this.eat("?")) return [0, 1];
    const braces = this.match(/\{(\d+)(,?)(\d*)\}/y);
    if (!braces) return undefined;
    const min = Number(braces[1]);
    return [min, braces[2] === "" ? min : braces[3] === "" ? UNBOUNDED : Number(braces[3])];
  }

  private atom(): Node {
    if (this.eat("(?!")) {
      this.group();
      return this.unseen;
    }
    if (this.sees("(?:")) return this.plainGroup();
    if (this.eat("(")) {
      if (this.sees("?")) throw new NotRead("(?");
      const slot = ++this.captures;
      return { kind: "slot", slot, item: this.group() };
    }
    if (this.eat("[^]")) return { kind: "class", set: ByteSet.ALL };
    if (this.eat("[")) return { kind: "class", set: this.byteClass() };
    return { kind: "class", set: ByteSet.of(this.byte(META)) };
  }

  /** In a group that holds nothing but another group stands what is ordered. */
  private plainGroup(): Node {
    const from = this.at;
    this.eat("(?:");
    const node = this.alternatives();
    const { last } = this;
    const isDouble = last.from === from + "(?:".length && last.to === this.at;
    if (!this.eat(")")) throw new NotRead("a group without end");
    this.last = { from, to: this.at };
    return isDouble ? ordered(node) : node;
  }

  private group(): Node {
    const node = this.alternatives();
    if (!this.eat(")")) throw new NotRead("a group without end");
    return node;
  }

  private byteClass(): ByteSet {
    const negated = this.eat("^");
    let set = ByteSet.EMPTY;
    while (!this.eat("]")) {
      const from = this.byte(/[\\^[\]]/).charCodeAt(0);
      const to = this.eat("-") ? this.byte(/[\\^[\]]/).charCodeAt(0) : from;
      set = set.union(ByteSet.range(from, to));
    }
    return negated ? set.complement() : set;
  }

  /** One byte, as itself or as `\xHH`. */
  private byte(meta: RegExp): string {
    const escaped = this.match(/\\x([0-9a-f]{2})/y);
    if (escaped) return String.fromCharCode(Number.parseInt(escaped[1]!, 16));
    const char = this.source[this.at];
    if (char === undefined || meta.test(char) || char > "\xff")
      throw new NotRead(this.source.slice(this.at, this.at + 20));
    this.at++;
    return char;
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private eat(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  private match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }
}
