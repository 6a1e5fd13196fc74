import { type Correction, SourceClock } from "../clock/source-clock.js";
import { adapt } from "../decode/adapters.js";
import type { PacketKind } from "../decode/packet/kinds.js";
import { PacketReader } from "../decode/packet/reader.js";
import { needsWitness } from "../decode/strace/witness.js";
import type { RawRecord } from "../decode/text/compose.js";
import { TextReader } from "../decode/text/reader.js";
import { Transcoder } from "../evidence/encoding.js";
import type { LineMap } from "../evidence/peel/line-map.js";
import { PeeledText } from "../evidence/peel/view.js";
import type { Event } from "../model/event.js";
import { noteText } from "./accounts.js";
import { type ReadOptions, timesOf } from "./context.js";
import { proofOf } from "./peeling.js";
import { known } from "./restore.js";
import { isAsItLies, type Surveyed } from "./survey.js";
import { textOptions, textPlan } from "./text.js";

/** Reads a source's bytes from beginning to end, where they can't be cut, or every record is to be seen. */
export interface StreamReader {
  push(chunk: Buffer): void;
  /** Nothing follows: closes the source's accounts. */
  end(): void;
  /** Lets go of what it reads with, whether all was read or not. */
  close(): void;
}

/**
 * A text's events, given to `keep`.
 * @param adapter what becomes of the events that grammars give
 */
export function textReader(
  surveyed: Surveyed,
  options: ReadOptions,
  keep: (event: Event) => void,
  adapter = adapt({
    path: surveyed.source.path,
    emit: keep,
    raw: options.whole === true,
    witness: needsWitness(options.context.kit.wanted),
  }),
): StreamReader {
  const { source, encoding, peel } = surveyed;
  const { clock, whole, context, scanners } = options;
  const view = peel && new PeeledText(peel, proofOf(context.kit.toolbox.envelopes));
  let text = "";
  let last = -1;
  const reader = new TextReader({
    ...textOptions(textPlan(surveyed, clock, context.kit), context.kit),
    source: source.id,
    bytes: isAsItLies(surveyed) ? surveyed.file.bytes : undefined,
    scanners,
    stamper: new SourceClock(clock.completion),
    timed: timesOf(context, source.id),
    // What a peeled text's rows tell lies elsewhere on disk: their events go through `emit`.
    passOver: whole
      ? undefined
      : view
        ? (rows, from, to) => adapter.passOver(rows, from, to)
        : adapter.passOver,
    emit: (peeled) => {
      const event = view ? original(peeled, view.map) : peeled;
      if (whole) {
        // A record is shown once, by what it says itself: not again by the errors inside it.
        if (event.offset === last) return;
        last = event.offset;
        event.fields["event.original"] = text;
      }
      adapter.push(event);
    },
    ...(whole && {
      observe: (record: RawRecord, claimed: unknown) => {
        text = record.text;
        if (!claimed && text.trim() !== "")
          keep(view ? original(unclaimed(record), view.map) : unclaimed(record));
      },
    }),
  });
  const transcoder = new Transcoder(encoding);
  const shown = (bytes: Buffer) => (view ? view.push(bytes) : bytes);
  return {
    push: (chunk) => reader.push(shown(transcoder.push(chunk))),
    end() {
      reader.push(shown(transcoder.end()));
      if (view) reader.push(view.end());
      reader.end();
      adapter.end();
      noteText(source, reader, context.work, context.kit.toolbox);
      source.problems.push(...adapter.problems());
    },
    close: () => reader.close(),
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

/** An event of a peeled text with its place in the text as it lies on disk, and what the text says about it. */
function original(event: Event, map: LineMap): Event {
  const first = event.line - 1;
  map.forget(first);
  const { line, offset, length, about } = map.locate(first, event.offset, event.length);
  return {
    ...event,
    line: line + 1,
    offset,
    length,
    fields: about ? known(event.fields, about) : event.fields,
  };
}

/** A capture's packets as events, each given to `keep`. */
export function packetReader(
  { source }: Surveyed,
  { clock, context, passOver }: ReadOptions,
  wants: ((kind: PacketKind) => boolean) | undefined,
  keep: (event: Event) => void,
): StreamReader {
  const { correction } = clock.completion;
  const timed = timesOf(context, source.id);
  const note = (events: Event[]) => {
    for (const event of events) {
      if (correction) move(event, correction);
      if (!(event.time >= source.from)) source.from = event.time;
      if (!(event.time <= source.to)) source.to = event.time;
      timed?.(event.line, event.time);
      keep(event);
    }
  };
  const reader = new PacketReader(source.id, note, {
    path: source.path,
    ...(wants && { wants }),
    ...(passOver && { passOver }),
  });
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      reader.end();
      source.records = reader.records;
      source.parsed = reader.parsed;
      source.unparsed = reader.unparsed;
      source.stamp = "epoch";
      context.work.decoded += reader.parsed;
      source.problems.push(...reader.problems);
    },
    close() {},
  };
}

/** Puts an event on the common clock. */
function move(event: Event, correction: Correction): void {
  if (Number.isNaN(event.time)) return;
  const { lo, hi } = correction.at(event.time);
  event.stamped = event.time;
  event.time += lo;
  event.latest += hi;
}
