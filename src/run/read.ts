import type { PacketSegment } from "../decode/packet/row.js";
import type { TextSegment } from "../decode/text/segment.js";
import { PackingError, readHead } from "../evidence/open.js";
import { reasonOf } from "../evidence/walk.js";
import type { Event } from "../model/event.js";
import type { Source } from "../model/source.js";
import type { Batch } from "../timeline/lanes.js";
import { assembleText } from "./assemble.js";
import { chunksOf } from "./chunks.js";
import { type ReadOptions, type RunContext, timesOf } from "./context.js";
import { journalEvents } from "./journal.js";
import { lettingGo } from "./let-go.js";
import { packedStretches } from "./packed.js";
import {
  kindsFor,
  type PacketPlan,
  planFor,
  rowsOfChunks,
  rowsOfSegments,
  segmentConfig,
} from "./packets.js";
import { ReversedEvents } from "./spill.js";
import { packetReader, textReader } from "./streamed.js";
import { type Stretches, stretchesOf } from "./stretches.js";
import { isAsItLies, type Surveyed } from "./survey.js";
import { textPlan } from "./text.js";

/**
 * Where every packet or line is an event, a whole chunk of them would live through several collections of V8's young generation before
 * anybody looks at them. A few hundred at a time die young.
 */
const PIECE_BYTES = 64 << 10;
/** So much of a capture is looked at for how it is written. */
const HEAD_BYTES = 64 << 10;

/** One source of an analysis on its way into the common order. */
export interface Lane {
  /** The source's batches, in the order of its file (reversed when the file runs backwards). */
  batches: AsyncGenerator<Batch>;
  /** Has the beginning read beside other work: it will be asked for soon. */
  prepare(): void;
}

const NOTHING_TO_PREPARE = () => {};

/**
 * Reads one source from beginning to end: its events, or the rows of its packets, in file order (reversed when the file runs
 * backwards). The accounts in `surveyed.source` are complete when the batches are. Never throws for bad evidence.
 *
 * @param packets how captures are read as rows; absent: each packet is an event
 */
export function laneOf(surveyed: Surveyed, options: ReadOptions, packets?: PacketPlan): Lane {
  const { context } = options;
  const { kind, source, file } = surveyed;
  const isPlain = isAsItLies(surveyed);
  if (kind === "text" && !options.whole) {
    const plan = textPlan(surveyed, options.clock, context.kit);
    const stream = { absolute: file.absolute, bytes: file.bytes - plan.bom };
    const segments = isPlain
      ? (stretchesOf(context, stream, plan, 0) as Stretches<TextSegment>)
      : packedStretches(surveyed, context, plan);
    const events = assembleText(surveyed, options, plan, readable(source, segments), isPlain);
    return { batches: inOrder(surveyed, options, events), prepare: () => segments.prepare() };
  }
  if (kind === "packets" && packets) {
    const { correction } = options.clock.completion;
    const timing = { correction, told: timesOf(context, source.id) };
    const packetPlan = planFor(packets, file.bytes);
    const config = isPlain ? segmentConfig(readHead(file.absolute, HEAD_BYTES), packetPlan) : undefined;
    if (!config) {
      const chunks = chunksOf(surveyed, context);
      const rows = rowsOfChunks(source, packetPlan, chunks, timing, (error) => breaksOff(source, error));
      return { batches: counted(surveyed, context, rows), prepare: NOTHING_TO_PREPARE };
    }
    const segments = stretchesOf(context, file, config, config.head.first) as Stretches<PacketSegment>;
    const rows = rowsOfSegments(
      source,
      file.absolute,
      config,
      readable(source, segments),
      timing,
      lettingGo(context),
    );
    return { batches: counted(surveyed, context, rows), prepare: () => segments.prepare() };
  }
  return { batches: readSource(surveyed, options), prepare: NOTHING_TO_PREPARE };
}

/** Reads one source in this thread, chunk after chunk, and gives its events: as {@link laneOf} in all else. */
export function readSource(surveyed: Surveyed, options: ReadOptions): AsyncGenerator<Event[]> {
  return inOrder(surveyed, options, streamed(surveyed, options));
}

async function* streamed(surveyed: Surveyed, options: ReadOptions): AsyncGenerator<Event[]> {
  const { context } = options;
  const { wanted } = context.kit;
  let batch: Event[] = [];
  const keep = (event: Event) => {
    if (!wanted || wanted.has(event.action)) batch.push(event);
  };
  const { kind, source } = surveyed;
  if (kind === "nothing") return;
  if (kind === "journal") {
    yield* readable(source, journalEvents(surveyed, options));
    return;
  }
  const reader =
    kind === "packets"
      ? packetReader(surveyed, options, wanted && kindsFor(wanted, surveyed.file.bytes), keep)
      : textReader(surveyed, options, keep);
  const isEachLooked = kind === "packets" || options.whole || options.enough;
  const piece = isEachLooked ? PIECE_BYTES : Number.POSITIVE_INFINITY;
  try {
    for await (const chunk of readable(source, chunksOf(surveyed, context))) {
      for (let at = 0; at < chunk.length; at += piece) {
        const before = context.stages.enter("read");
        reader.push(chunk.subarray(at, at + piece));
        context.stages.enter(before);
        if (batch.length === 0 && !options.everyPiece) continue;
        yield batch;
        batch = [];
      }
      if (options.enough?.()) return;
    }
    reader.end();
  } finally {
    reader.close();
  }
  if (batch.length > 0) yield batch;
}

/** What can be read of a source; if that is not all, its accounts say so. */
export async function* readable<T>(source: Source, parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    breaksOff(source, error);
  }
}

/** @throws what is no fault of the evidence, nor of the disk, but this program's */
function breaksOff(source: Source, error: unknown): void {
  if (error instanceof TypeError || error instanceof ReferenceError) throw mistakeIn(source.path, error);
  const message =
    error instanceof PackingError
      ? `the compressed data breaks off or is damaged (${error.message}); what came before it was read`
      : reasonOf(error);
  source.problems.push({ path: source.path, message, severity: "error" });
}

/** A mistake of the program, with the evidence that shows it. */
function mistakeIn(path: string, error: Error): Error {
  const mistake = new Error(`${path}: ${error.message}`, { cause: error });
  mistake.stack = `while reading ${path}: ${error.stack}`;
  return mistake;
}

/** Turns the events of a file that runs backwards. */
async function* inOrder(
  surveyed: Surveyed,
  { clock, context }: ReadOptions,
  forward: AsyncGenerator<Event[]>,
): AsyncGenerator<Event[]> {
  const events = counted(surveyed, context, forward);
  if (!clock.reversed) {
    yield* events;
    return;
  }
  const { source } = surveyed;
  const all = new ReversedEvents(context.spill);
  try {
    for await (const batch of events) all.push(batch);
    if (all.failure !== undefined)
      source.problems.push({
        path: source.path,
        message: `its records run backwards, and no temporary file could be written (${all.failure}): they were kept in memory; choose another place with --tmp`,
        severity: "warning",
      });
    yield* all.drain();
  } finally {
    all.close();
  }
}

/** Counts the work when it is done. */
async function* counted<T extends Batch>(
  { source }: Surveyed,
  { work }: RunContext,
  batches: AsyncGenerator<T>,
): AsyncGenerator<T> {
  yield* batches;
  work.records += source.records;
}
