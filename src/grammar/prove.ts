import { type Ambiguity, findAmbiguity } from "./automaton/ambiguity.js";
import { Automaton } from "./automaton/automaton.js";
import { Graph } from "./automaton/graph.js";
import { type Label, TooLarge } from "./automaton/nfa.js";
import { textOf } from "./bytes.js";
import type { GrammarIr, Node, ShapeIr } from "./ir/ir.js";
import { orderedWays, unboundedStop } from "./ir/safety.js";
import { attachTails, TAILS, trimLastSlots, withTail } from "./ir/tail.js";
import type { Place } from "./language/ast.js";
import { type GrammarProblem, problemAt } from "./problem.js";

/** Ordered combinations that a backtracker may have to try at one place. */
const MAX_WAYS = 256;

/** Why a pattern is not safe. */
export interface Unsafe {
  message: string;
  hint: string;
  at?: Place;
  /** A text that can be read in two ways, as bytes. */
  witness?: string;
}

/**
 * Proves that every shape can be read in only one way, which gives linear time and the same captures in all engines.
 * Unsafe shapes are marked, unsafe conditions and continuations taken out; all are reported with a witness. Sets
 * each shape's `body`.
 */
export function proveGrammar(ir: GrammarIr): GrammarProblem[] {
  const problems: GrammarProblem[] = [];
  const report = (unsafe: Unsafe, at: Place, name: string): void => {
    const { file, text } = ir.ast;
    problems.push(problemAt(file, text, unsafe.at ?? at, `${name}: ${unsafe.message}`, unsafe.hint));
  };
  for (const shape of [...ir.shapes, ...patternsOf(ir)]) {
    const unsafe = proveShape(shape);
    if (!unsafe) continue;
    shape.unsafe = true;
    report(unsafe, shape.def.at, shape.event);
  }
  ir.accepts = ir.accepts.filter((condition) => {
    const unsafe = condition.node && prove(condition.node);
    if (unsafe) report(unsafe, condition.at, `accepts ${condition.field}`);
    return !unsafe;
  });
  if (ir.continuation) {
    const unsafe = prove(ir.continuation);
    if (unsafe) {
      report(unsafe, ir.ast.continuation!.at, "continuation");
      delete ir.continuation;
    }
  }
  return problems;
}

/** Patterns that read texts inside documents. */
function patternsOf({ document }: GrammarIr): ShapeIr[] {
  const entries = document?.tellings.flatMap(({ entries }) => entries) ?? [];
  return entries.flatMap((entry) => ("reads" in entry ? [entry.reads] : []));
}

/**
 * Proves one shape, with as many trailing blanks at each of its ends as that end allows; sets its `body`.
 */
export function proveShape(shape: ShapeIr): Unsafe | undefined {
  const stops = proveStops(shape.root);
  if (stops) return stops;
  const own = new Map<Node, number>();
  const levelOf = (end: Node): number => {
    let level = own.get(end);
    if (level === undefined) {
      level = TAILS.findIndex((tail) => tail.isEmpty() || !prove(withTail(end, tail)));
      own.set(end, level);
    }
    return level;
  };
  let unsafe: Unsafe | undefined;
  for (let least = 0; least < TAILS.length; least++) {
    const body = attachTails(shape.root, (end) => TAILS[Math.max(least, levelOf(end))]!);
    unsafe = prove(body);
    if (!unsafe) {
      shape.body = body;
      trimLastSlots(shape.root, shape.slots);
      return undefined;
    }
  }
  return unsafe;
}

/** Proves a pattern: `undefined` when it can be read in only one way. */
export function prove(root: Node): Unsafe | undefined {
  const ways = orderedWays(root);
  if (ways.looped) {
    return {
      message: "`ordered` inside a repetition",
      hint: "its alternatives could be tried over and over: make them different, or take the repetition out",
      ...(ways.looped.at ? { at: ways.looped.at } : {}),
    };
  }
  if (ways.count > MAX_WAYS) {
    return {
      message: `${ways.count} ordered combinations, more than ${MAX_WAYS}`,
      hint: "split the event in two",
    };
  }
  const tooLarge: Unsafe = {
    message: "the pattern is too large to be proven",
    hint: "use smaller counts, or split the event",
  };
  try {
    const automaton = new Automaton(root);
    if (automaton.twice) {
      const { split } = automaton.twice;
      return {
        message: "a part can be empty in two ways",
        hint: "what stands in `*`, `+` or `?` must not be empty itself, and only one alternative may be",
        ...(split.at ? { at: split.at } : {}),
      };
    }
    const graph = new Graph(automaton);
    const found = graph.tooLarge ? "too large" : findAmbiguity(graph);
    if (found === undefined) return undefined;
    return found === "too large" ? tooLarge : twoWays(found);
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge;
    throw error;
  }
}

function twoWays({ text, one, other }: Ambiguity): Unsafe {
  const at = later(one.at, other.at);
  const second = one.text === other.text ? again(one, other) : other.text;
  const names = `as ${one.text} and as ${second}`;
  return {
    message: `${JSON.stringify(textOf(text))} can be read in two ways: ${names}`,
    hint: "let only one of them begin with that text, or say which wins: ordered(first | second), ordered PIECE?",
    witness: text,
    ...(at ? { at } : {}),
  };
}

/** The same name on both sides: two places in the file, or one place passed in two ways. */
function again(one: Label, other: Label): string {
  if (one.at && other.at && (one.at.line !== other.at.line || one.at.column !== other.at.column)) {
    const [first] = [one.at, other.at].sort((a, b) => a.line - b.line || a.column - b.column);
    return `the ${other.text} at ${first!.line}:${first!.column}`;
  }
  return `${other.text} once more`;
}

function later(a: Place | undefined, b: Place | undefined): Place | undefined {
  if (!a || !b) return a ?? b;
  return a.line > b.line || (a.line === b.line && a.column > b.column) ? a : b;
}

/** The STOPs of all `upto`s: of bounded length or repeating only bytes that cannot begin them, and unambiguous. */
function proveStops(node: Node): Unsafe | undefined {
  switch (node.kind) {
    case "sequence":
    case "choice":
      for (const item of node.items) {
        const unsafe = proveStops(item);
        if (unsafe) return unsafe;
      }
      return undefined;
    case "repeat":
    case "named":
      return proveStops(node.item);
    case "slot":
      return node.item && proveStops(node.item);
    case "upto": {
      const repeated = unboundedStop(node.stop);
      if (repeated) {
        return {
          message: `STOP repeats ${JSON.stringify(textOf(repeated))}, which can also begin it`,
          hint: "its look-ahead would run over the same bytes again and again: stop at its first part",
          at: node.at,
        };
      }
      const unsafe = prove(node.stop);
      return unsafe && { ...unsafe, message: `STOP: ${unsafe.message}`, at: node.at };
    }
    default:
      return undefined;
  }
}
