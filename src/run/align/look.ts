import type { Clue, ClueKind, LookedAt } from "../../clock/align/clue.js";
import { waitOf } from "../../clock/align/lapse.js";
import type { Inferred } from "../../clock/inferred.js";
import { isInnerApart } from "../../clock/inner-stamps.js";
import type { PassOver } from "../../decode/packet/reader.js";
import { mainFormat } from "../../decode/text/claim.js";
import type { Event } from "../../model/event.js";
import { contextOf } from "../context.js";
import type { Kit } from "../kit.js";
import { readSource } from "../read.js";
import type { Surveyed } from "../survey.js";
import { type Tidiness, tidier } from "../tidy.js";
import { setLane } from "../trace-sets.js";
import { piecesOf, shares } from "./budget.js";
import { Captures } from "./captures.js";
import { isCapture, type Looked, type Reading } from "./looked.js";
import { Partners } from "./partners.js";
import { Probe } from "./probe.js";
import { ReadOnce } from "./read-once.js";
import { readWindows } from "./read-windows.js";
import { startsOf, windowsIn } from "./windows.js";

/** All sources together are looked at for so many bytes, captures for fewer: their records are short. */
const TEXT_BYTES = 12 << 20;
const CAPTURE_BYTES = 8 << 20;
/** For what nearly every record tells. */
const BRIEF_BYTES = 2 << 20;

/** What is kept of so little reading is a good part of it: V8 would take garbage of twice its size for a growing heap. */
const LOOKING: Tidiness = { every: 1 << 20, most: 24 << 20 };

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
  const tools: Tools = {
    clocks,
    kit,
    once: new ReadOnce(readings),
    probes: new Map(),
    tidy: tidier(LOOKING),
  };
  let captures: Captures | undefined;
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
    if (isCapture(source)) captures ??= await Captures.of(readings, partners, clocks, kit);
    const passOver = isCapture(source) ? captures?.passOver(source, shared.kinds) : undefined;
    await lookAt({ source, at, kinds: shared.kinds, most, passOver }, others, told, tools);
  }
  for (const { lapses } of looking) lapses.sort((a, b) => a.line - b.line);
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

/** What all readings share. */
interface Tools {
  clocks: ReadonlyMap<number, Inferred>;
  kit: Kit;
  once: ReadOnce;
  /** By source: what time it is at the places of those that are read in parts. */
  probes: Map<Looked, Probe>;
  /** Is told of bytes that were read. */
  tidy: (bytes: number) => void;
}

function probeOf(looked: Looked, { clocks, kit, probes }: Tools): Probe {
  let probe = probes.get(looked);
  if (!probe)
    probes.set(looked, (probe = new Probe(looked.members[0]!, clocks.get(looked.at.source)!, kit.toolbox)));
  return probe;
}

/** @param others when other sources begin, µs */
async function lookAt(
  reading: Reading & { at: LookedAt; passOver: PassOver | undefined },
  others: readonly number[],
  give: (clue: Clue) => void,
  tools: Tools,
): Promise<void> {
  const { clocks, kit, once, tidy } = tools;
  const { source: looking, at, kinds, most, passOver } = reading;
  const { members, lapses } = looking;
  const takers = kinds.map((kind) => ({ actions: new Set(kind.actions), taker: kind.of(at, give)! }));
  const wanted = new Set(takers.flatMap(({ actions }) => [...actions]));
  const isThorough = !kinds.every(isBrief);
  if (at.unstamped && isThorough) wanted.add("dns.wait_timeout");
  let read = 0;
  const looks = members.map((member) => ({ ...member, source: { ...member.source, problems: [] } }));
  const [first] = looks;
  const clock = clocks.get(at.source)!;
  const windows =
    looks.length === 1 ? windowsIn(first!, clock, probeOf(looking, tools), others, most) : undefined;
  if (windows) looking.inParts = true;
  const enough = () => read > most;
  // Of a text that runs forwards whole chunks are looked at, of all others what comes at a time.
  const isForwards = first!.kind === "text" && looks.length === 1 && !windows && !clock.reversed;
  const progress = (bytes: number) => {
    read += bytes;
    tidy(bytes);
  };
  const batchesOf = (wanted: ReadonlySet<string>, all: boolean): AsyncIterable<readonly Event[]> => {
    const prefilter = kit.prefilter && !all;
    const context = contextOf({ ...kit, wanted, prefilter }, { progress, ...piecesOf(most) });
    if (windows) return readWindows(first!, { clock, context }, windows);
    if (looks.length === 1)
      return readSource(first!, {
        clock,
        context,
        passOver,
        everyPiece: true,
        enough: isForwards ? enough : undefined,
      });
    const part = bytesOf(looking) > most ? { most, isRead: () => read >= most } : undefined;
    return setLane(looks, clocks, context, part).batches as AsyncIterable<readonly Event[]>;
  };
  // What rules want of a format (`wants`) is not all that others can have seen too.
  for await (const batch of once.events(reading, wanted, kinds.some(isBrief), batchesOf)) {
    for (const event of batch) {
      for (const { actions, taker } of takers) if (actions.has(event.action)) taker.take(event);
      const lapse = at.unstamped && isThorough ? waitOf(event) : undefined;
      if (lapse) lapses.push(lapse);
    }
    if (!isForwards && enough()) break;
  }
  for (const { taker } of takers) taker.end();
}
