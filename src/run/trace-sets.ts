import type { Inferred } from "../clock/inferred.js";
import { beginningOf } from "../clock/observed.js";
import { type Adapter, adapt } from "../decode/adapters.js";
import { straceFields } from "../decode/strace/line-fields.js";
import { needsWitness } from "../decode/strace/witness.js";
import { mainFormat } from "../decode/text/claim.js";
import { ANY_RECORD, capacityFor, SharedScanners } from "../decode/text/scanners.js";
import { rowText, type UnreadRows } from "../decode/text/unread.js";
import type { Event } from "../model/event.js";
import { NO_THREAD } from "../scan/call-lead.js";
import { FACTS, Fact, FactAt } from "../scan/facts.js";
import { merge } from "../timeline/merge.js";
import { chunksOf } from "./chunks.js";
import type { ReadOptions, RunContext } from "./context.js";
import { howFar, isHowFar } from "./how-far.js";
import { type Lane, readable } from "./read.js";
import { textReader } from "./streamed.js";
import { isAsItLies, type Surveyed } from "./survey.js";

/** `strace -ff -o NAME` writes NAME.TID for each thread, without numbers before the calls. */
const OF_SET = /^(.*)\.(\d{1,7})(?:\.(?:gz|zst|xz|bz2))?$/;

/**
 * All files of a set are read at once, a piece of each: so many bytes all pieces together, as of one source that is read by itself, since each
 * line is an event until those of the other files have come. But no fewer of one.
 */
const LEAST_PIECE = 16 << 10;
/**
 * Of a set that is looked at in part, as many pieces of each file as this shall have their turn, so that all of them come forward in time
 * before so much is read as may be. But no shorter ones than these.
 */
const TURNS = 4;
const LEAST_SHORT_PIECE = 4 << 10;

/** Stamps by which calls of different files can be put in one order. */
const ORDERED: ReadonlySet<string> = new Set(["epoch", "hms"]);

/**
 * The files that one `strace -ff` wrote, each set in the order in which its files begin: threads share their descriptors, so that what a
 * call means may stand in another thread's file. Files without times of day stay on their own.
 */
export function traceSets(
  members: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
): readonly Surveyed[][] {
  const sets = new Map<string, { member: Surveyed; begins: number }[]>();
  for (const member of members) {
    const { source, kind, detection } = member;
    const inferred = clocks.get(source.id)!;
    const stem = OF_SET.exec(source.path)?.[1];
    if (stem === undefined || kind !== "text" || mainFormat(detection)?.name !== "strace") continue;
    if (!ORDERED.has(inferred.clock.kind)) continue;
    const begins = begunAt(member, inferred);
    if (begins === undefined) continue;
    const set = sets.get(stem);
    if (set) set.push({ member, begins });
    else sets.set(stem, [{ member, begins }]);
  }
  return [...sets.values()]
    .filter((set) => set.length > 1)
    .map((set) => set.sort((a, b) => a.begins - b.begins).map(({ member }) => member));
}

/** How much of a set is read, if not all of it. */
export interface Part {
  /** Bytes of all files together. */
  readonly most: number;
  /** Were so many read? Asked before every piece. */
  isRead(): boolean;
}

/**
 * The events of a set's files as those of one trace. The accounts of each file are its own.
 * @param part so much of it in the order of time: all its files up to the moment at which the first of them is read no further. Their accounts
 * stay open. Absent: all
 */
export function setLane(
  set: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
  context: RunContext,
  part?: Part,
): Lane {
  return { batches: joined(set, clocks, context, part), prepare: () => {} };
}

async function* joined(
  set: readonly Surveyed[],
  clocks: ReadonlyMap<number, Inferred>,
  context: RunContext,
  part: Part | undefined,
): AsyncGenerator<Event[]> {
  const { wanted } = context.kit;
  const [first] = set;
  let batch: Event[] = [];
  const adapter = adapt({
    path: first!.source.path,
    witness: needsWitness(wanted),
    emit: (event) => {
      if (wanted && !wanted.has(event.action)) return;
      event.fields["strace.set"] = OF_SET.exec(first!.source.path)![1]!;
      batch.push(event);
    },
  });
  const chunkBytes = pieceOf(set.length, context.chunkBytes, part);
  const scanners = new SharedScanners(roomFor(set));
  const files = set.map((member) => {
    const clock = clocks.get(member.source.id)!;
    const stream = calls(member, { clock, context: { ...context, chunkBytes }, scanners }, part);
    return part ? Object.assign(stream, { begins: begunAt(member, clock) }) : stream;
  });
  try {
    for await (const calls of merge(files, part && (() => part.isRead()))) {
      for (const call of calls as readonly LateCall[])
        if (!isHowFar(call) && !isPassedOver(call, adapter)) adapter.push(call);
      if (batch.length === 0) continue;
      yield batch;
      batch = [];
    }
  } finally {
    for (const file of files) await file.return(undefined);
    scanners.close();
  }
  // What is under way where the part ends is not over.
  if (!part?.isRead()) adapter.end();
  if (batch.length > 0) yield batch;
}

/** Bytes of a piece of each of so many files, of which all pieces together shall have no more than `all`. */
function pieceOf(files: number, all: number, part: Part | undefined): number {
  const whole = Math.max(LEAST_PIECE, Math.floor(all / files) & ~0xfff);
  if (!part) return whole;
  return Math.min(whole, Math.max(LEAST_SHORT_PIECE, Math.floor(part.most / files / TURNS) & ~0xfff));
}

/** Bytes of a chunk in which any record of these files has room. */
const roomFor = (set: readonly Surveyed[]): number =>
  Math.max(...set.map((member) => (isAsItLies(member) ? capacityFor(member.file.bytes) : ANY_RECORD)));

const begunAt = ({ source: { id, path }, samples, range }: Surveyed, clock: Inferred): number | undefined =>
  beginningOf({ source: id, path, samples, range }, clock);

const NO_FIELDS = {};

/** A call that was left unread: only the set's order tells whether anybody needs its fields. */
interface LateCall extends Event {
  unread?: { rows: UnreadRows; row: number };
}

/** Has a call that comes next in the set's order changed nothing? One that may do more has its fields then. */
function isPassedOver(call: LateCall, adapter: Adapter): boolean {
  if (call.unread === undefined) return false;
  const { rows, row } = call.unread;
  if (adapter.passOver(rows, row, row + 1) > row) return true;
  const fields = straceFields(rowText(rows, row).toString("latin1"), rows.facts, row * FACTS)!;
  fields["process.thread.id"] = rows.facts[row * FACTS + FactAt.THREAD];
  call.fields = fields;
  return false;
}

/** Could all fields of the record in a row be cut where the scanner found its parts? */
const isCut = ({ facts }: UnreadRows, row: number): boolean =>
  (facts[row * FACTS + FactAt.BITS]! & Fact.CALL) !== 0 && facts[row * FACTS + FactAt.ENDS] !== 0;

/** One file's calls, each with the number of its thread. */
async function* calls(
  surveyed: Surveyed,
  options: ReadOptions,
  part: Part | undefined,
): AsyncGenerator<Event[]> {
  const { clock, context } = options;
  if (part?.isRead()) return;
  const { source } = surveyed;
  const thread = Number(OF_SET.exec(source.path)![2]);
  let batch: Event[] = [];
  const gathering: Adapter = {
    push: (event) => {
      event.fields["process.thread.id"] ??= thread;
      batch.push(event);
    },
    passOver(rows, from, to, taker) {
      if (!taker) return from;
      const { facts } = rows;
      for (let row = from; row < to; row++) {
        if (!isCut(rows, row)) return row;
        const at = row * FACTS + FactAt.THREAD;
        if (facts[at] === NO_THREAD) facts[at] = thread;
        taker.stamp(rows, row);
        const call: LateCall = taker.eventAt(rows, row, "process.syscall", "process", NO_FIELDS);
        call.unread = { rows, row };
        batch.push(call);
      }
      return to;
    },
    end: () => {},
    problems: () => [],
  };
  const reader = textReader(surveyed, options, () => {}, gathering);
  try {
    for await (const chunk of readable(source, chunksOf(surveyed, context))) {
      const before = context.stages.enter("read");
      reader.push(chunk);
      context.stages.enter(before);
      const far =
        part && batch.length === 0 ? howFar(chunk, surveyed, clock, context.kit.toolbox) : undefined;
      if (far) batch.push(far);
      if (batch.length > 0) {
        yield batch;
        batch = [];
      }
      if (part?.isRead()) return;
    }
    reader.end();
  } finally {
    reader.close();
  }
  context.work.records += source.records;
  if (batch.length > 0) yield batch;
}
