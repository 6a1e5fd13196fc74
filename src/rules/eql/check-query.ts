import type { IToken } from "chevrotain";
import type { Expression, Key, Pipe, Step } from "./ast.js";
import { type Complain, checkCondition } from "./check.js";
import { nearest } from "./problem.js";

/** Events of a sample or join: which of them serves which step is a puzzle that grows with their number. */
const MOST_UNORDERED = 50;

/** What stands behind `sequence`, `sample` or `join`, before the shared keys are added to the steps. */
interface Series {
  steps: readonly Step[];
  until?: Step;
  /** µs */
  maxspan: number | undefined;
  shared: readonly Key[];
}

/** The rules that Elastic has for sequences and samples, and Endgame for joins. */
export function checkSteps(word: IToken, series: Series, complain: Complain): void {
  const { steps, until, shared } = series;
  const counts = new Set([...steps, ...(until === undefined ? [] : [until])].map((step) => step.by.length));
  if (counts.size > 1)
    complain(
      word,
      "every step (and `until`) needs the same number of `by` fields",
      "or none, in all of them",
    );
  if (until?.missing === true) complain(word, "`until` takes an event, not a missing one");
  if (until?.runs !== undefined) complain(word, "`until` takes one event: it knows no `with runs`");
  if (word.image === "sequence") {
    checkSequence(word, series, complain);
    return;
  }
  const kind = word.image;
  if (steps.length < 2) complain(word, `a ${kind} needs at least two events`);
  if (steps.length > MOST_UNORDERED)
    complain(word, `a ${kind} of ${steps.length} events is too long; ${MOST_UNORDERED} are possible`);
  if (steps.some(({ missing }) => missing))
    complain(word, `a ${kind} has no missing events`, "use a sequence");
  if (steps.some(({ runs }) => runs !== undefined))
    complain(word, `a ${kind} knows no \`with runs\``, "write the event as often as it is needed");
  if (series.maxspan !== undefined)
    complain(word, `a ${kind} knows no \`with maxspan\``, "use a sequence, or leave it out");
  if (kind !== "sample") return;
  if (until !== undefined)
    complain(word, "a sample knows no `until`: it has no order", "use a sequence or a join");
  if (shared.length === 0 && counts.has(0))
    complain(word, "a sample needs fields that its events share", "write `sample by host.name [ … ] [ … ]`");
}

function checkSequence(word: IToken, { steps, maxspan }: Series, complain: Complain): void {
  const present = steps.filter((step) => step.missing !== true);
  const states = present.reduce((sum, step) => sum + (step.runs ?? 1), 0);
  const missing = present.length < steps.length;
  if (present.length === 0) complain(word, "a sequence needs an event that is not missing");
  else if (states < 2 && !missing)
    complain(word, "a sequence needs at least two events", "for one event write `category where condition`");
  if (states > 256) complain(word, `a sequence of ${states} events is too long; 256 are possible`);
  if (missing && maxspan === undefined)
    complain(word, "missing events `![ … ]` need a time limit", "write `sequence with maxspan=5s`");
}

const PIPES = {
  head: "| head N",
  tail: "| tail N",
  filter: "| filter CONDITION",
  unique: "| unique FIELD, …",
  unique_count: "| unique_count FIELD, …",
  count: "| count, or | count FIELD, …",
  sort: "| sort FIELD, …",
};

/** Pipes that tell matches apart by values. */
const COMPARES: ReadonlySet<string> = new Set(["unique", "unique_count", "count", "sort"]);

/** The pipe of that name with its arguments; `undefined` after a complaint. */
export function pipeOf(name: IToken, args: Expression[], complain: Complain): Pipe | undefined {
  const kind = name.image;
  if (!Object.hasOwn(PIPES, kind)) {
    const meant = nearest(kind, Object.keys(PIPES));
    const known =
      meant === undefined ? `there are ${Object.keys(PIPES).join(", ")}` : `did you mean \`${meant}\`?`;
    complain(name, `there is no pipe \`${kind}\``, known);
    return undefined;
  }
  const usage = `usage: ${PIPES[kind as keyof typeof PIPES]}`;
  if (COMPARES.has(kind) && args.some(({ op }) => op === "constant")) {
    complain(name, `\`${kind}\` needs fields: a constant is the same for all`, usage);
    return undefined;
  }
  const [first, ...others] = args;
  switch (kind) {
    case "head":
    case "tail": {
      const count = first?.op === "constant" && !first.float ? first.value : undefined;
      if (typeof count === "number" && count >= 0 && others.length === 0) return { name: kind, count };
      complain(name, `\`${kind}\` needs a whole number`, usage);
      return undefined;
    }
    case "filter":
      if (first === undefined || others.length > 0) {
        complain(name, "`filter` needs one condition", usage);
        return undefined;
      }
      checkCondition(first, name, complain);
      return { name: kind, where: first };
    case "count":
      return { name: kind, by: args };
    default:
      if (first === undefined) {
        complain(name, `\`${kind}\` needs at least one field`, usage);
        return undefined;
      }
      return { name: kind as "unique" | "unique_count" | "sort", by: args };
  }
}
