import type { Clue, ClueKind } from "../../../../src/clock/align/clue.js";
import { type ClockOptions, inferClocks } from "../../../../src/clock/infer.js";
import { grammars } from "../../../../src/grammar/generated.js";
import { candidates, look } from "../../../../src/run/align/look.js";
import { findFiles } from "../../../../src/run/found.js";
import { observations } from "../../../../src/run/hosts.js";
import { survey, toolboxOf } from "../../../../src/run/survey.js";
import { traceSets } from "../../../../src/run/trace-sets.js";

/** The clues of one file. */
export interface Told {
  path: string;
  /** Its clues are lines. */
  unstamped: boolean;
  /** By key; a happening that was seen several times has several. */
  clues: Map<string, Clue[]>;
}

/** Looks into files as an analysis does before it puts clocks together. */
export async function cluesOf(
  paths: readonly string[],
  kinds: readonly ClueKind[],
  options: ClockOptions = {},
): Promise<Told[]> {
  const found = await findFiles(paths, undefined);
  try {
    const toolbox = toolboxOf(grammars);
    const surveyed = [];
    for (const [id, file] of found.files.entries()) surveyed.push(await survey(file, id, toolbox));
    const clocks = inferClocks(observations(surveyed, found.links), options);
    const told: Told[] = surveyed.map(({ source }) => ({
      path: source.path,
      unstamped: clocks.get(source.id)!.clock.kind === "none",
      clues: new Map(),
    }));
    await look(
      candidates(surveyed, traceSets(surveyed, clocks), clocks, kinds),
      clocks,
      { toolbox, wanted: undefined, prefilter: true },
      (clue) => {
        const { clues } = told[clue.source]!;
        const same = clues.get(clue.key);
        if (same) same.push(clue);
        else clues.set(clue.key, [clue]);
      },
    );
    return told;
  } finally {
    found.close();
  }
}

/** What the clues of two files say of how far the clock of `a` is ahead of that of `b`, in seconds: all of them together, and each. */
export interface Compared {
  /** Happenings that each of both saw once. */
  shared: number;
  min: number;
  max: number;
  each: { key: string; min: number; max: number }[];
}

/** Compares two files that have stamps. */
export function compare(a: Told, b: Told): Compared {
  const each: Compared["each"] = [];
  for (const [key, [one, ...more]] of a.clues) {
    const [other, ...others] = b.clues.get(key) ?? [];
    if (!one || !other || more.length > 0 || others.length > 0) continue;
    each.push({ key, min: (one.lo - other.hi) / 1e6, max: (one.hi - other.lo) / 1e6 });
  }
  return {
    shared: each.length,
    min: Math.max(Number.NEGATIVE_INFINITY, ...each.map(({ min }) => min)),
    max: Math.min(Number.POSITIVE_INFINITY, ...each.map(({ max }) => max)),
    each,
  };
}
