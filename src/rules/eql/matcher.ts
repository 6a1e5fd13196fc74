import { COVERS_NOTHING, type Coverage } from "../coverage.js";
import { requiredOf } from "./actions.js";
import type { Query } from "./ast.js";
import { compilePattern } from "./compile.js";
import { Joiner } from "./joiner.js";
import type { Matcher } from "./match.js";
import { Sampler } from "./sampler.js";
import { Stepper } from "./stepper.js";

export type { Match, Matcher, Report } from "./match.js";

export interface MatcherOptions {
  coverage?: Coverage;
  /** Distinct values of a sequence's `by` fields that are followed at once (10 000). */
  maxKeys?: number;
}

/** Compiles a query's syntax tree. Pipes are the caller's: see `PipeLine`. */
export function compileQuery(query: Query, options: MatcherOptions = {}): Matcher {
  if (query.kind === "sequence")
    return new Stepper(query, options.coverage ?? COVERS_NOTHING, options.maxKeys);
  if (query.kind !== "event")
    return query.kind === "sample" ? new Sampler(query, options.maxKeys) : new Joiner(query, options.maxKeys);
  const test = compilePattern(query);
  return {
    required: requiredOf([query]),
    push(event, report) {
      if (test(event)) report({ events: [event], outcome: "found" });
    },
    end() {},
    notes: () => [],
  };
}
