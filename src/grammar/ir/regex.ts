import type { ByteSet } from "../bytes.js";
import { firstBytes } from "./facts.js";
import type { Node, ShapeIr } from "./ir.js";

/**
 * Source of the shape's regex, to be used with the `y` flag: explicit byte classes, numbered groups, the whole
 * record to its end. `groups[slot]` is the number of a slot's group (0: it has none).
 *
 * What is `ordered` stands in two groups, nothing else does: whoever reads the source again (`heads/parse.ts`) can tell which ways are proven
 * to exclude each other, and where the first one wins.
 */
export function shapeRegex(shape: ShapeIr): { source: string; groups: number[] } {
  const groups = shape.slots.map(() => 0);
  const emitter = new Emitter(groups);
  return { source: `${emitter.emit(shape.body, false)}$`, groups };
}

/** Source of a regex without groups: continuations and conditions. */
export function plainRegex(node: Node): string {
  return new Emitter([]).emit(node, false);
}

class Emitter {
  private next = 1;

  constructor(private readonly groups: number[]) {}

  /** `atom`: the result must be safe to quantify. */
  emit(node: Node, atom: boolean): string {
    switch (node.kind) {
      case "class":
        return classSource(node.set);
      case "literal": {
        const source = [...node.bytes].map(escapeByte).join("");
        return atom && node.bytes.length !== 1 ? `(?:${source})` : source;
      }
      case "sequence": {
        if (node.items.length === 1) return this.emit(node.items[0]!, atom);
        const source = node.items.map((item) => this.emit(item, false)).join("");
        return atom ? `(?:${source})` : source;
      }
      case "choice": {
        const source = `(?:${node.items.map((item) => this.emit(item, false)).join("|")})`;
        return node.ordered ? `(?:${source})` : source;
      }
      case "repeat": {
        const source = unrolled(node) ?? `${this.emit(node.item, true)}${quantifier(node.min, node.max)}`;
        return node.ordered ? `(?:(?:${source}))` : atom ? `(?:${source})` : source;
      }
      case "named":
        return this.emit(node.item, atom);
      case "slot": {
        this.groups[node.slot] = this.next++;
        return `(${node.item ? this.emit(node.item, false) : ""})`;
      }
      case "upto": {
        const source = this.upto(node);
        return atom ? `(?:${source})` : source;
      }
    }
  }

  /**
   * `[^F]*(?:(?!STOP)F[^F]*)*` with F the bytes that STOP can begin with: the look-ahead runs only there. One byte
   * of STOP needs no look-ahead at all.
   */
  private upto(node: Node & { kind: "upto" }): string {
    const first = firstBytes(node.stop);
    const stop = this.emit(node.stop, false);
    const single = isOneByte(node.stop);
    const quoted = node.quoted ? this.emit(node.quoted, false) : undefined;
    const special = node.quoted ? first.union(firstBytes(node.quoted)) : first;
    const run = `${classSource(special.complement())}*`;
    const steps = [...(single ? [] : [`(?!${stop})${classSource(first)}`]), ...(quoted ? [quoted] : [])];
    if (steps.length === 0) return run;
    const step = steps.length > 1 || quoted ? `(?:${steps.join("|")})` : steps[0]!;
    return `${run}(?:${step}${run})*`;
  }
}

function isOneByte(node: Node): boolean {
  switch (node.kind) {
    case "class":
      return true;
    case "literal":
      return node.bytes.length === 1;
    case "named":
      return isOneByte(node.item);
    case "sequence":
      return node.items.length === 1 && isOneByte(node.items[0]!);
    case "choice":
      return node.items.every(isOneByte);
    default:
      return false;
  }
}

/** `(?:C|X|…)*` with a class C that no X begins with becomes `C*(?:(?:X|…)C*)*`: fewer steps, less stack. */
function unrolled(node: Node & { kind: "repeat" }): string | undefined {
  const { item } = node;
  if (node.min !== 0 || node.max !== Number.POSITIVE_INFINITY || item.kind !== "choice") return undefined;
  const index = item.items.findIndex((each) => each.kind === "class");
  const run = item.items[index];
  if (run?.kind !== "class") return undefined;
  const others = item.items.filter((_, i) => i !== index);
  if (others.some((each) => firstBytes(each).overlaps(run.set))) return undefined;
  const inner = new Emitter([]);
  const step = others.map((each) => inner.emit(each, false)).join("|");
  const loop = `${classSource(run.set)}*`;
  return `${loop}(?:${others.length > 1 ? `(?:${step})` : step}${loop})*`;
}

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? (min === 1 ? "" : `{${min}}`) : `{${min},${max}}`;
}

/** A byte set as a class; whichever of the set and its complement has fewer ranges is written. */
export function classSource(set: ByteSet): string {
  const ranges = rangesOf(set);
  if (ranges.length === 0) return "[]";
  if (ranges.length === 1 && ranges[0]![0] === 0 && ranges[0]![1] === 255) return "[^]";
  if (ranges.length === 1 && ranges[0]![0] === ranges[0]![1])
    return escapeByte(String.fromCharCode(ranges[0]![0]));
  const inverse = rangesOf(set.complement());
  return inverse.length < ranges.length
    ? `[^${inverse.map(rangeSource).join("")}]`
    : `[${ranges.map(rangeSource).join("")}]`;
}

function rangesOf(set: ByteSet): [number, number][] {
  const ranges: [number, number][] = [];
  for (const byte of set.members()) {
    const last = ranges.at(-1);
    if (last && last[1] === byte - 1) last[1] = byte;
    else ranges.push([byte, byte]);
  }
  return ranges;
}

function rangeSource([from, to]: [number, number]): string {
  const [a, b] = [escapeByte(String.fromCharCode(from)), escapeByte(String.fromCharCode(to))];
  return from === to ? a : to === from + 1 ? a + b : `${a}-${b}`;
}

/** A byte in a regex literal; everything that is not a letter, a digit or a plain sign is escaped. */
function escapeByte(byte: string): string {
  return /[A-Za-z0-9 _"'`,:;<>=!@#%&~]/.test(byte)
    ? byte
    : `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
