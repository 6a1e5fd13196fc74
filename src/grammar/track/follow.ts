import type { ByteSet } from "../bytes.js";
import { attempt, bodyOf } from "../heads/heads.js";
import type { Node } from "../ir/ir.js";
import { leadingLiteral } from "../ir/literals.js";
import type { Shape } from "../types.js";
import type { Step, Track } from "./step.js";

/** An expression that tries so often before a record is through has no track. */
const MOST_TRIES = 20_000;

/** Steps in reverse: many ways begin with the same ones. */
interface Trail {
  readonly step: Step;
  readonly before: Trail | undefined;
}

/** Goes on behind a part of the pattern. @returns whether the rest of the text was read */
type Onward = (at: number, trail: Trail | undefined) => boolean;

/**
 * The way that a record takes through a shape's expression: of each choice the alternative that it took, of each optional part whether it
 * has it; only how often a byte of one class is repeated is left open.
 *
 * Every text of this track is claimed by the shape, and its groups are where the track says. For the grammar's compiler has proven that a
 * text can be read in one way only, but for what is `ordered`; and where an earlier alternative of that was not taken, the track says how
 * a text must not go on.
 *
 * @param record one that the shape claims
 * @returns `undefined` when that cannot be said of the expression
 */
export function trackOf(shape: Shape, record: string): Track | undefined {
  const node = patternOf(shape);
  if (!node) return undefined;
  return new Follower(record).follow(node);
}

const patterns = new WeakMap<Shape, { readonly node: Node | undefined }>();

/** Shapes last as long as the program; an envelope's is on the way of many records. */
function patternOf(shape: Shape): Node | undefined {
  let known = patterns.get(shape);
  if (!known) patterns.set(shape, (known = { node: attempt(() => bodyOf(shape.regex)) }));
  return known.node;
}

class Follower {
  private tries = 0;
  private found: Track | undefined;

  constructor(private readonly text: string) {}

  follow(node: Node): Track | undefined {
    try {
      this.read(node, 0, undefined, (at, trail) => {
        if (at < this.text.length) return false;
        this.found = joined(trail);
        return true;
      });
    } catch (error) {
      // A record of very many parts: the stack has no room for them all.
      if (!(error instanceof RangeError)) throw error;
    }
    return this.found;
  }

  private read(node: Node, at: number, trail: Trail | undefined, on: Onward): boolean {
    if (++this.tries > MOST_TRIES) return false;
    switch (node.kind) {
      case "class":
        return this.repeated(node.set, 1, 1, at, trail, on);
      case "sequence":
        return this.sequence(node.items, 0, at, trail, on);
      case "choice":
        return this.choice(node, at, trail, on);
      case "repeat":
        if (node.item.kind === "class" && !node.ordered)
          return this.repeated(node.item.set, node.min, node.max, at, trail, on);
        return this.repeat(node, 0, at, trail, on);
      case "slot": {
        const { slot: group, item } = node;
        const open: Trail = { step: { kind: "open", group }, before: trail };
        const close: Onward = (end, inner) => on(end, { step: { kind: "close", group }, before: inner });
        return item ? this.read(item, at, open, close) : close(at, open);
      }
      default:
        return false;
    }
  }

  private sequence(
    items: readonly Node[],
    first: number,
    at: number,
    trail: Trail | undefined,
    on: Onward,
  ): boolean {
    if (first === items.length) return on(at, trail);
    return this.read(items[first]!, at, trail, (end, inner) =>
      this.sequence(items, first + 1, end, inner, on),
    );
  }

  private choice(
    { items, ordered }: Node & { kind: "choice" },
    at: number,
    trail: Trail | undefined,
    on: Onward,
  ): boolean {
    let behind: Trail | undefined = trail;
    for (const item of items) {
      if (this.read(item, at, behind, on)) return true;
      if (!ordered) continue;
      const unless = unlessBegunBy(item);
      if (!unless) return false;
      behind = { step: unless, before: behind };
    }
    return false;
  }

  /** More of it is tried before less, as the expression does. */
  private repeat(
    node: Node & { kind: "repeat" },
    count: number,
    at: number,
    trail: Trail | undefined,
    on: Onward,
  ): boolean {
    const { item, min, max, ordered } = node;
    const isMore =
      count < max &&
      this.read(item, at, trail, (end, inner) => end > at && this.repeat(node, count + 1, end, inner, on));
    if (isMore) return true;
    if (count < min) return false;
    const unless = ordered && count < max ? unlessBegunBy(item) : undefined;
    if (ordered && count < max && !unless) return false;
    return on(at, unless ? { step: unless, before: trail } : trail);
  }

  /** Bytes of one class. A part that may be left out, and was, is none of the track. */
  private repeated(
    set: ByteSet,
    min: number,
    max: number,
    at: number,
    trail: Trail | undefined,
    on: Onward,
  ): boolean {
    const { text } = this;
    const most = Math.min(max, text.length - at);
    let count = 0;
    while (count < most && set.has(text.charCodeAt(at + count))) count++;
    for (; count >= min; count--) {
      if (++this.tries > MOST_TRIES) return false;
      const behind: Trail | undefined =
        count === 0 ? trail : { step: { kind: "run", set, min, max }, before: trail };
      if (on(at + count, behind)) return true;
    }
    return false;
  }
}

/** An alternative that no text may begin with: known by the literal that it begins with, if it does. */
function unlessBegunBy(item: Node): Step | undefined {
  const bytes = leadingLiteral(item);
  return bytes === "" ? undefined : { kind: "unless", bytes };
}

/** The steps in their order, with bytes that stand one behind the other in one step. */
function joined(last: Trail | undefined): Track {
  const steps: Step[] = [];
  for (let trail = last; trail; trail = trail.before) steps.push(trail.step);
  const track: Step[] = [];
  for (const step of steps.reverse().map(asBytes)) {
    const before = track.at(-1);
    if (step.kind === "bytes" && before?.kind === "bytes")
      track[track.length - 1] = { kind: "bytes", bytes: before.bytes + step.bytes };
    else track.push(step);
  }
  return track;
}

/** A run of a fixed number of one byte is just these bytes. */
function asBytes(step: Step): Step {
  if (step.kind !== "run" || step.min !== step.max) return step;
  const [only, other] = step.set.members();
  if (only === undefined || other !== undefined) return step;
  return { kind: "bytes", bytes: String.fromCharCode(only).repeat(step.min) };
}
