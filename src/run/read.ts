import type { Inferred } from "../clock/inferred.js";
import { SourceClock } from "../clock/source-clock.js";
import { adapt } from "../decode/adapters.js";
import type { PacketKind } from "../decode/packet/kinds.js";
import { PacketReader } from "../decode/packet/reader.js";
import type { RawRecord } from "../decode/text/compose.js";
import { neededLiterals } from "../decode/text/needed.js";
import { TextReader } from "../decode/text/reader.js";
import { Transcoder } from "../evidence/encoding.js";
import { openChunks, PackingError } from "../evidence/open.js";
import { reasonOf } from "../evidence/walk.js";
import type { Grammar } from "../grammar/types.js";
import type { Event } from "../model/event.js";
import type { RunContext } from "./context.js";
import { ReversedEvents } from "./spill.js";
import type { Surveyed, Toolbox } from "./survey.js";

/**
 * Every packet is an event: a whole chunk of them would live through several collections of V8's young generation before anybody
 * looks at them. A few hundred at a time die young.
 */
const PACKET_BYTES = 64 << 10;

/** How a source is to be read. */
export interface ReadOptions {
  toolbox: Toolbox;
  clock: Inferred;
  /** Which events are wanted, by action; undefined: all. */
  wanted?: ReadonlySet<string> | undefined;
  /** Skip records without a literal that some wanted shape needs. Off for `timeline`, where every record is shown. */
  prefilter: boolean;
  /** For the timeline: every record gives an event, with its text under `event.original`, also what nobody claims. */
  whole?: boolean;
  /** Sees every text record and who claimed it. */
  observe?: (record: RawRecord, claimed: Grammar | undefined) => void;
  context: RunContext;
}

/** Envelope events that decoders take apart themselves: wanted whenever anything made from them is. */
const RAW_ACTIONS = /^(process|strace|packet|capture|monitor|tcpdump)\./;

/**
 * Literals of which each record has one that tells of something wanted; `undefined` where any record may, or where all must be read
 * for their stamps.
 */
function literalsFor(
  surveyed: Surveyed,
  { toolbox, wanted, clock }: ReadOptions,
): readonly string[] | undefined {
  // Where each record is stamped with the time since the one before, none may be passed over.
  if (clock.clock.kind === "delta" || clock.completion.stepwise) return undefined;
  const primary = surveyed.detection.ranked[0]?.grammar;
  if (!wanted || !primary) return undefined;
  if (primary.wants) return primary.wants;
  // Only an envelope that hands words on can have records that nobody needs.
  return surveyed.handsOn ? neededLiterals(primary, toolbox.messages, wanting(wanted)) : undefined;
}

const wanting = (wanted: ReadonlySet<string>) => (action: string) =>
  wanted.has(action) || RAW_ACTIONS.test(action);

/**
 * Reads one source from beginning to end: its events, a batch per chunk, in file order (reversed when the file runs backwards).
 * The accounts in `surveyed.source` are complete when the generator is done. Never throws for bad evidence.
 */
export async function* readSource(surveyed: Surveyed, options: ReadOptions): AsyncGenerator<Event[]> {
  const stream = readForward(surveyed, options);
  if (!options.clock.reversed) {
    yield* stream;
    return;
  }
  const all = new ReversedEvents(options.context.spill);
  try {
    for await (const batch of stream) all.push(batch);
    const { source } = surveyed;
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

async function* readForward(surveyed: Surveyed, options: ReadOptions): AsyncGenerator<Event[]> {
  const { source, file } = surveyed;
  const { work, stages, progress } = options.context;
  const tap = (raw: Buffer) => progress?.(raw.length);
  let batch: Event[] = [];
  const { wanted } = options;
  const piece = surveyed.kind === "packets" ? PACKET_BYTES : Number.POSITIVE_INFINITY;
  const keep = (event: Event) => {
    if (!wanted || wanted.has(event.action)) batch.push(event);
  };
  const reader =
    surveyed.kind === "packets"
      ? packets(surveyed, options, keep)
      : surveyed.kind === "text"
        ? text(surveyed, options, keep)
        : undefined;
  if (!reader) return;
  try {
    for await (const chunk of openChunks(file.absolute, surveyed.packing, tap)) {
      work.bytes += chunk.length;
      for (let at = 0; at < chunk.length; at += piece) {
        const before = stages.enter("read");
        reader.push(chunk.subarray(at, at + piece));
        stages.enter(before);
        if (batch.length === 0) continue;
        yield batch;
        batch = [];
      }
    }
  } catch (error) {
    const message =
      error instanceof PackingError
        ? `the compressed data breaks off or is damaged (${error.message}); what came before it was read`
        : reasonOf(error);
    source.problems.push({ path: source.path, message, severity: "error" });
  }
  reader.end();
  work.records += source.records;
  if (batch.length > 0) yield batch;
}

interface Reader {
  push(chunk: Buffer): void;
  end(): void;
}

function text(surveyed: Surveyed, options: ReadOptions, keep: (event: Event) => void): Reader {
  const { source, detection, encoding } = surveyed;
  const { toolbox, wanted } = options;
  const adapter = adapt({ path: source.path, emit: keep, raw: options.whole === true });
  let original = "";
  let shown = -1;
  const literals = literalsFor(surveyed, options);
  const reader = new TextReader({
    source: source.id,
    path: source.path,
    detection,
    envelopes: toolbox.envelopes,
    composer: toolbox.composer,
    stamper: new SourceClock(options.clock.completion),
    literals: options.prefilter ? literals : undefined,
    // Where records could be passed over, the clock sees the same of them whether they are or not.
    everyStamp: literals === undefined,
    wants: wanted && wanting(wanted),
    emit: (event) => {
      if (options.whole) {
        // A record is shown once, by what it says itself: not again by the errors inside it.
        if (event.offset === shown) return;
        shown = event.offset;
        event.fields["event.original"] = original;
      }
      adapter.push(event);
    },
    ...((options.whole || options.observe) && {
      observe: (record: RawRecord, claimed: Grammar | undefined) => {
        options.observe?.(record, claimed);
        original = record.text;
        if (options.whole && !claimed && record.text.trim() !== "") keep(unclaimed(record));
      },
    }),
  });
  const transcoder = new Transcoder(encoding);
  return {
    push: (chunk) => reader.push(transcoder.push(chunk)),
    end() {
      reader.push(transcoder.end());
      reader.end();
      adapter.end();
      source.records = reader.records;
      source.parsed = reader.parsed;
      source.unparsed = reader.unparsed;
      source.from = reader.from;
      source.to = reader.to;
      source.format = mostClaimed(reader.claimedBy);
      source.problems.push(...reader.problems);
    },
  };
}

/** A record that fits no format, as an event of the timeline: it stands where it stood in its file. */
function unclaimed({ source, line, offset, length, text: original }: RawRecord): Event {
  return {
    source,
    line,
    offset,
    length,
    time: Number.NaN,
    ns: 0,
    latest: Number.NaN,
    action: "unparsed",
    category: "host",
    fields: { "event.original": original },
  };
}

function packets(surveyed: Surveyed, options: ReadOptions, keep: (event: Event) => void): Reader {
  const { source } = surveyed;
  const note = (events: Event[]) => {
    for (const event of events) {
      if (!(event.time >= source.from)) source.from = event.time;
      if (!(event.time <= source.to)) source.to = event.time;
      keep(event);
    }
  };
  const { wanted } = options;
  const reader = new PacketReader(source.id, note, {
    path: source.path,
    wants: (kind: PacketKind) => !wanted || wanted.has(kind),
  });
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      reader.end();
      source.records = reader.records;
      source.parsed = reader.parsed;
      source.unparsed = reader.unparsed;
      source.stamp = "epoch";
      source.problems.push(...reader.problems);
    },
  };
}

function mostClaimed(claims: ReadonlyMap<string, number>): string {
  let best = "unknown";
  let most = 0;
  for (const [name, count] of claims)
    if (count > most || (count === most && name < best)) [best, most] = [name, count];
  return best;
}
