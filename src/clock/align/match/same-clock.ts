import type { Clue } from "../clue.js";
import type { Match } from "../match.js";

/** A traced process's clock, that turned out to be the one that stamped the lines of a log. */
export interface SameClock {
  /** Index of the trace's clock, and of the log's. */
  clock: number;
  as: number;
  /** µs: the trace's stamps are ahead by this, which is a zone or a date and no fault of a clock. */
  ahead: number;
  /** How many lines were compared. */
  lines: number;
  /** The tightest of them, at most three. */
  proof: readonly Match[];
}

/** What {@link sameClocks} needs to know of a clock. */
export interface Stamped {
  index: number;
  /** A trace of system calls, which shows lines with stamps being written. */
  isTrace: boolean;
  /** Its date or zone is unknown. */
  isUndated: boolean;
  clues: ReadonlyMap<string, readonly Clue[]>;
}

/** Lines with their own stamps: `stampedLine` in clues/keys.ts. */
const LINES = "log ";

/** A stamp that a traced process took within so many µs, between two of its calls, … */
const TIGHT_US = 1_000;
/** … so many times, was taken from the clock that the trace is stamped by. */
const LEAST_TIGHT = 2;

/** Zones are whole quarters of an hour. */
const QUARTER_US = 900e6;

const MOST_PROOF = 3;

/**
 * A tracer and what it traces run on one kernel and read one clock. A line with a stamp in it that a traced process writes is therefore
 * stamped by the trace's clock, and so is the log that has the line, unless the process only passed on what others wrote. That
 * is ruled out where the stamps of several lines lie within a millisecond of the calls around them: then the two are one clock, and
 * neither gains on the other.
 */
export function sameClocks(clocks: readonly Stamped[]): SameClock[] {
  const logs = clocks.filter(({ isTrace }) => !isTrace);
  return clocks.flatMap((trace) => {
    if (!trace.isTrace) return [];
    const found = logs.flatMap((log) => compared(trace, log) ?? []);
    return found.sort((x, y) => y.lines - x.lines || x.as - y.as).slice(0, 1);
  });
}

function compared(trace: Stamped, log: Stamped): SameClock | undefined {
  const pairs: { own: Clue; other: Clue; min: number; max: number }[] = [];
  for (const [key, clues] of trace.clues) {
    const others = key.startsWith(LINES) ? log.clues.get(key) : undefined;
    if (others?.length !== 1 || clues.length !== 1) continue;
    const [own, other] = [clues[0]!, others[0]!];
    pairs.push({ own, other, min: own.lo - other.hi, max: own.hi - other.lo });
  }
  const tight = pairs.filter(({ min, max }) => max - min <= TIGHT_US);
  if (tight.length < LEAST_TIGHT) return undefined;
  const { min, max } = tight[0]!;
  const ahead = trace.isUndated ? Math.round((min + max) / 2 / QUARTER_US) * QUARTER_US : 0;
  if (!pairs.every((pair) => pair.min <= ahead && ahead <= pair.max)) return undefined;
  return {
    clock: trace.index,
    as: log.index,
    ahead,
    lines: pairs.length,
    proof: [...tight]
      .sort((x, y) => x.max - x.min - (y.max - y.min))
      .slice(0, MOST_PROOF)
      .map(({ own, other }) => matchOf(trace.index, own, log.index, other)),
  };
}

const matchOf = (a: number, own: Clue, b: number, other: Clue): Match =>
  a < b
    ? {
        a,
        b,
        aLo: own.lo,
        aHi: own.hi,
        bLo: other.lo,
        bHi: other.hi,
        aRecord: own.record,
        bRecord: other.record,
      }
    : matchOf(b, other, a, own);
