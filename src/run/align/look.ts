import type { Clue, ClueKind, LookedAt } from "../../clock/align/clue.js";
import { waitOf } from "../../clock/align/lapse.js";
import type { Lapse } from "../../clock/align/solution.js";
import type { Inferred } from "../../clock/inferred.js";
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
  const bytes = allowances(looking);
  const brief = shares(
    looking.map((source) => (source.kinds.some(isBrief) ? bytesOf(source) : 0)),
    BRIEF_BYTES,
  );
  const starts = startsOf(
    looking.map(({ members: [first] }) => first!),
    clocks,
  );
  const partners = new Partners(looking.map(({ kinds }) => kinds));
  for (const [i, source] of [...looking.entries()].sort(([i, a], [j, b]) => cost(a) - cost(b) || i - j)) {
    const others = [...starts].flatMap(([id, start]) => (id === source.at.source ? [] : [start]));
    const { kinds: shared, matters } = partners.next(source.kinds);
    const told: ToldOf = {
      others,
      give(clue) {
        if (!matters(clue)) return;
        partners.note(clue);
        give(clue);
      },
    };
    const kinds = shared.filter((kind) => !isBrief(kind) || brief[i]! >= bytes[i]!);
    const rest = shared.filter((kind) => !kinds.includes(kind));
    if (kinds.length > 0) await lookAt(source, { ...told, kinds, most: bytes[i]! }, clocks, kit);
    if (rest.length > 0) await lookAt(source, { ...told, kinds: rest, most: brief[i]! }, clocks, kit);
    source.lapses.sort((a, b) => a.line - b.line);
  }
}

/** Those that tell of few happenings come first: what they do not know is not asked of others. Traces do, then captures, then logs. */
const cost = (source: Looked): number => (source.kinds.some(isBrief) ? 2 : isCapture(source) ? 1 : 0);

const isBrief = ({ brief }: ClueKind): boolean => brief === true;

const bytesOf = ({ members }: Looked): number => members.reduce((sum, { file }) => sum + file.bytes, 0);

const lookedAt = ({ source, kind, detection }: Surveyed, clocks: ReadonlyMap<number, Inferred>): LookedAt => {
  const stamp = clocks.get(source.id)!.clock.kind;
  const format = kind === "packets" ? source.format : (mainFormat(detection)?.name ?? source.format);
  return { source: source.id, path: source.path, format, stamp, unstamped: stamp === "none" };
};

const isCapture = ({ members: [first] }: Looked) => first!.kind === "packets";

function allowances(looking: readonly Looked[]): number[] {
  const of = (captures: boolean, total: number) =>
    shares(
      looking.map((source) => (isCapture(source) === captures ? bytesOf(source) : 0)),
      total,
    );
  const texts = of(false, TEXT_BYTES);
  return of(true, CAPTURE_BYTES).map((share, i) => share + texts[i]!);
}

interface ToldOf {
  /** When other sources begin, µs. */
  others: readonly number[];
  give: (clue: Clue) => void;
}

/** How one reading of a source goes. */
interface Reading extends ToldOf {
  kinds: readonly ClueKind[];
  /** Bytes. */
  most: number;
}

async function lookAt(
  looking: Looked,
  { kinds, most, others, give }: Reading,
  clocks: ReadonlyMap<number, Inferred>,
  kit: Kit,
): Promise<void> {
  const { members, at, lapses } = looking;
  const takers = kinds.map((kind) => ({ actions: new Set(kind.actions), taker: kind.of(at, give)! }));
  const wanted = new Set(takers.flatMap(({ actions }) => [...actions]));
  const isThorough = !kinds.every(isBrief);
  if (at.unstamped && isThorough) wanted.add("dns.wait_timeout");
  let read = 0;
  const context = contextOf({ ...kit, wanted }, { progress: (bytes) => (read += bytes) });
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
