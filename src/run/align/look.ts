import type { Clue, ClueKind, LookedAt } from "../../clock/align/clue.js";
import { waitOf } from "../../clock/align/lapse.js";
import type { Lapse } from "../../clock/align/solution.js";
import type { Inferred } from "../../clock/inferred.js";
import { isInnerApart } from "../../clock/inner-stamps.js";
import { mainFormat } from "../../decode/text/claim.js";
import type { Event } from "../../model/event.js";
import { contextOf } from "../context.js";
import type { Kit } from "../kit.js";
import { readSource } from "../read.js";
import type { Surveyed } from "../survey.js";
import { setLane } from "../trace-sets.js";
import { shares } from "./budget.js";
import { Partners } from "./partners.js";
import { readWindows } from "./read-windows.js";
import { startsOf, windowsIn } from "./windows.js";

/** All sources together are looked at for so many bytes, captures for fewer: their records are short. */
const TEXT_BYTES = 64 << 20;
const CAPTURE_BYTES = 24 << 20;
/** For what nearly every record tells. */
const BRIEF_BYTES = 2 << 20;

/** What is looked at as one source: a file, or the files of one trace, the first of which stands for them. */
export interface Looked {
  readonly members: readonly Surveyed[];
  readonly at: LookedAt;
  /** What it can tell of. */
  readonly kinds: readonly ClueKind[];
  /** Of an unstamped source, once it was looked at: waits that ran out, in the order of their lines. */
  readonly lapses: Lapse[];
  /** Was it read in parts, so that the lines of its records are not known? */
  inParts: boolean;
}

/** Joins what one `strace -ff` wrote; every other source is looked at by itself. */
function together(
  surveyed: readonly Surveyed[],
  sets: readonly (readonly Surveyed[])[],
): (readonly Surveyed[])[] {
  const inSets = new Set(sets.flat());
  return [...sets, ...surveyed.filter((member) => !inSets.has(member)).map((member) => [member])].sort(
    ([a], [b]) => a!.source.id - b!.source.id,
  );
}

/** The sources that can tell of any happening of these kinds, in their order. Nothing is read for that. */
export function candidates(
  surveyed: readonly Surveyed[],
  sets: readonly (readonly Surveyed[])[],
  clocks: ReadonlyMap<number, Inferred>,
  kinds: readonly ClueKind[],
): Looked[] {
  return together(surveyed, sets).flatMap((members): Looked[] => {
    const at = lookedAt(members[0]!, clocks);
    const able = kinds.filter((kind) => kind.of(at, () => {}) !== undefined);
    return able.length > 0 ? [{ members, at, kinds: able, lapses: [], inParts: false }] : [];
  });
}

/**
 * Looks ahead into sources for happenings that others may have seen too. Their accounts are left as they are.
 *
 * @param give is handed the clues, source after source, each on its source's own clock
 */
export async function look(
  looking: readonly Looked[],
  clocks: ReadonlyMap<number, Inferred>,
  kit: Kit,
  give: (clue: Clue) => void,
): Promise<void> {
  const starts = startsOf(
    looking.map(({ members: [first] }) => first!),
    clocks,
  );
  const readings = readingsOf(looking);
  const partners = new Partners(readings.map(({ kinds }) => kinds));
  for (const { source, kinds, most } of readings) {
    const shared = partners.next(kinds);
    if (shared.kinds.length === 0) continue;
    const others = [...starts].flatMap(([id, start]) => (id === source.at.source ? [] : [start]));
    const told = (clue: Clue) => {
      if (!shared.matters(clue)) return;
      partners.note(clue);
      give(clue);
    };
    const at = { ...source.at, mayMatter: shared.mayMatter };
    await lookAt({ source, at, kinds: shared.kinds, most }, others, told, clocks, kit);
  }
  for (const { lapses } of looking) lapses.sort((a, b) => a.line - b.line);
}

/** One reading of a source. */
interface Reading {
  source: Looked;
  kinds: readonly ClueKind[];
  /** Bytes. */
  most: number;
}

/**
 * What tells of few happenings is read first, since what is not told there need not be asked of others: words in logs and traces, of which
 * few lines are looked at; then captures; then what nearly every record of a log tells.
 */
function readingsOf(looking: readonly Looked[]): Reading[] {
  const of = (
    isIn: (source: Looked) => boolean,
    total: number,
    kindsOf: (kinds: readonly ClueKind[]) => ClueKind[],
  ) => {
    const sources = looking.filter(isIn);
    const most = shares(sources.map(bytesOf), total);
    return sources.map((source, i) => ({ source, kinds: kindsOf(source.kinds), most: most[i]! }));
  };
  const thorough = (kinds: readonly ClueKind[]) => kinds.filter((kind) => !isBrief(kind));
  const brief = (kinds: readonly ClueKind[]) => kinds.filter(isBrief);
  return [
    ...of((source) => !isCapture(source), TEXT_BYTES, thorough),
    ...of(isCapture, CAPTURE_BYTES, thorough),
    ...of(() => true, BRIEF_BYTES, brief),
  ].filter(({ kinds }) => kinds.length > 0);
}

const isBrief = ({ brief }: ClueKind): boolean => brief === true;

const bytesOf = ({ members }: Looked): number => members.reduce((sum, { file }) => sum + file.bytes, 0);

const lookedAt = (
  { source, kind, detection, samples }: Surveyed,
  clocks: ReadonlyMap<number, Inferred>,
): LookedAt => {
  const { clock, completion } = clocks.get(source.id)!;
  const { kind: stamp, host } = clock;
  const format = kind === "packets" ? source.format : (mainFormat(detection)?.name ?? source.format);
  return {
    source: source.id,
    path: source.path,
    format,
    stamp,
    host,
    unstamped: stamp === "none",
    innerApart: isInnerApart(samples, completion),
  };
};

const isCapture = ({ members: [first] }: Looked) => first!.kind === "packets";

/** @param others when other sources begin, µs */
async function lookAt(
  { source: looking, at, kinds, most }: Reading & { at: LookedAt },
  others: readonly number[],
  give: (clue: Clue) => void,
  clocks: ReadonlyMap<number, Inferred>,
  kit: Kit,
): Promise<void> {
  const { members, lapses } = looking;
  const takers = kinds.map((kind) => ({ actions: new Set(kind.actions), taker: kind.of(at, give)! }));
  const wanted = new Set(takers.flatMap(({ actions }) => [...actions]));
  const isThorough = !kinds.every(isBrief);
  if (at.unstamped && isThorough) wanted.add("dns.wait_timeout");
  let read = 0;
  // What rules want of a format (`wants`) is not all that others can have seen too.
  const prefilter = kit.prefilter && !kinds.some(isBrief);
  const context = contextOf({ ...kit, wanted, prefilter }, { progress: (bytes) => (read += bytes) });
  const looks = members.map((member) => ({ ...member, source: { ...member.source, problems: [] } }));
  const [first] = looks;
  const clock = clocks.get(at.source)!;
  const windows = looks.length === 1 ? windowsIn(first!, clock, kit.toolbox, others, most) : undefined;
  if (windows) looking.inParts = true;
  const batches = windows
    ? readWindows(first!, { clock, context }, windows)
    : looks.length === 1
      ? readSource(first!, { clock, context })
      : (setLane(looks, clocks, context).batches as AsyncIterable<readonly Event[]>);
  for await (const batch of batches) {
    for (const event of batch) {
      for (const { actions, taker } of takers) if (actions.has(event.action)) taker.take(event);
      const lapse = at.unstamped && isThorough ? waitOf(event) : undefined;
      if (lapse) lapses.push(lapse);
    }
    if (read > most) break;
  }
  for (const { taker } of takers) taker.end();
}
