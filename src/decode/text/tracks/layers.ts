import { ByteSet } from "../../../grammar/bytes.js";
import type { SlotOutline } from "../../../grammar/outline.js";
import { trackOf } from "../../../grammar/track/follow.js";
import type { Step, Track } from "../../../grammar/track/step.js";
import type { Shape } from "../../../grammar/types.js";

/** A layer of a record as it was read: who read it, and what text. */
export interface LayerText {
  readonly shape: Shape;
  readonly text: string;
  /** Fields whose text must be the same in all texts of the track: somebody decides by it who reads on. */
  readonly fixed: ReadonlySet<string>;
}

/** The layer's part of a track. */
export interface LayerTrack {
  readonly outline: readonly SlotOutline[];
  /** Groups of its expression that match in all texts, and the numbers that they have among the groups of all layers. */
  readonly groups: ReadonlyMap<number, number>;
}

/** The ways of a record through all its layers, as one. */
export interface LayeredTrack {
  /** The way through the whole record. */
  readonly track: Track;
  readonly layers: readonly LayerTrack[];
  /** What the envelope hands on, and the words of the message as its own layer reads them. */
  readonly handed: Track;
  readonly message: Track;
}

/** No byte beyond ASCII, and no line end: what is read is what is written. */
const PLAIN = ByteSet.range(0, 127).minus(ByteSet.of("\n\r"));
const ESCAPES = ByteSet.of("\\");

/**
 * Puts the tracks of a record's layers into each other: where a layer hands its message on, the next layer's track stands in place of what
 * the layer itself says of those bytes. Only messages that are handed on as they are written have one.
 *
 * @param layers outermost first
 */
export function layeredTrack(layers: readonly LayerText[]): LayeredTrack | undefined {
  const parts: LayerTrack[] = [];
  let next = 0;
  let before: Step[] = [];
  let behind: Step[] = [];
  /** How many of these are the envelope's. */
  let outer = { before: 0, behind: 0 };
  let allowed = PLAIN;
  for (const [i, layer] of layers.entries()) {
    const { outline } = layer.shape;
    const own = outline && trackOf(layer.shape, layer.text);
    const fixed = own && withFixed(own, outline, layer);
    const steps = fixed && within(fixed, allowed);
    if (!steps) return undefined;
    const groups = new Map<number, number>();
    for (const step of steps) if (step.kind === "open") groups.set(step.group, next++);
    const numbered = steps.map((step) =>
      step.kind === "open" || step.kind === "close" ? { ...step, group: groups.get(step.group)! } : step,
    );
    parts.push({ outline, groups });
    if (i === layers.length - 1) {
      const handed = [
        ...before.slice(outer.before),
        ...numbered,
        ...behind.slice(0, behind.length - outer.behind),
      ];
      return { track: [...before, ...numbered, ...behind], layers: parts, handed, message: numbered };
    }
    const message = outline.find(([field, group]) => field === "message" && groups.has(Math.abs(group)));
    const handed = message && handedOn(numbered, groups.get(Math.abs(message[1]))!, message[2]);
    if (!handed) return undefined;
    before = [...before, ...handed.before];
    behind = [...handed.behind, ...behind];
    allowed = allowed.intersect(handed.allowed);
    if (i === 0) outer = { before: before.length, behind: behind.length };
  }
  return undefined;
}

/** A layer's steps around what it hands on, and which bytes that may hold. */
function handedOn(
  steps: readonly Step[],
  group: number,
  type: string,
): { before: Step[]; behind: Step[]; allowed: ByteSet } | undefined {
  const from = steps.findIndex((step) => step.kind === "open" && step.group === group);
  const to = steps.findIndex((step) => step.kind === "close" && step.group === group);
  const inner = steps.slice(from + 1, to);
  const open = steps[from]!;
  const close = steps[to]!;
  const [first, second, third] = inner;
  if ((type === "text" || type === "rest") && inner.length === 1 && first?.kind === "run" && !first.last)
    return { before: steps.slice(0, from + 1), behind: steps.slice(to), allowed: first.set };
  const isQuote = (step: Step | undefined) => step?.kind === "bytes" && step.bytes === '"';
  if (type !== "quoted" || inner.length !== 3 || !isQuote(first) || !isQuote(third)) return undefined;
  if (second?.kind !== "run" || second.last) return undefined;
  return {
    before: [...steps.slice(0, from), first!, open],
    behind: [close, third!, ...steps.slice(to + 1)],
    allowed: second.set.minus(ESCAPES),
  };
}

/** The track's texts that hold no other bytes than those allowed. */
function within(track: Track, allowed: ByteSet): Step[] | undefined {
  const steps: Step[] = [];
  for (const step of track) {
    if (step.kind === "bytes" && !ByteSet.of(step.bytes).minus(allowed).isEmpty()) return undefined;
    if (step.kind !== "run") {
      steps.push(step);
      continue;
    }
    const set = step.set.intersect(allowed);
    if (set.isEmpty()) return undefined;
    steps.push({ ...step, set });
  }
  return steps;
}

/** The track's texts in which some fields have the text that they have in this one. */
function withFixed(
  track: Track,
  outline: readonly SlotOutline[],
  { shape, text, fixed }: LayerText,
): Track | undefined {
  let steps: readonly Step[] = track;
  for (const [field, group, kind] of outline) {
    if (![...fixed].some((name) => name === field || name.startsWith(`${field}.`))) continue;
    if (kind === "copy") return undefined;
    const open = steps.findIndex((step) => step.kind === "open" && step.group === Math.abs(group));
    if (kind === "constant" || open < 0) continue;
    shape.regex.lastIndex = 0;
    const bytes = shape.regex.exec(text)?.[Math.abs(group)];
    if (!bytes) return undefined;
    const close = steps.findIndex((step) => step.kind === "close" && step.group === Math.abs(group));
    steps = [...steps.slice(0, open + 1), { kind: "bytes", bytes }, ...steps.slice(close)];
  }
  return steps;
}
