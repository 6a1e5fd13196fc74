import { SourceClock } from "../clock/source-clock.js";
import { adapt } from "../decode/adapters.js";
import type { PacketKind } from "../decode/packet/kinds.js";
import { PacketReader } from "../decode/packet/reader.js";
import type { RawRecord } from "../decode/text/compose.js";
import { TextReader } from "../decode/text/reader.js";
import { Transcoder } from "../evidence/encoding.js";
import type { Event } from "../model/event.js";
import { noteText } from "./accounts.js";
import type { ReadOptions } from "./context.js";
import type { Surveyed } from "./survey.js";
import { textOptions, textPlan } from "./text.js";
import type { Work } from "./work.js";

/** Reads a source's bytes from beginning to end, where they can't be cut, or every record is to be seen. */
export interface StreamReader {
  push(chunk: Buffer): void;
  /** Nothing follows: closes the source's accounts. */
  end(): void;
}

/** A text's events, given to `keep`. */
export function textReader(
  surveyed: Surveyed,
  options: ReadOptions,
  keep: (event: Event) => void,
): StreamReader {
  const { source, encoding } = surveyed;
  const { clock, whole, context } = options;
  const adapter = adapt({ path: source.path, emit: keep, raw: whole === true });
  let original = "";
  let shown = -1;
  const reader = new TextReader({
    ...textOptions(textPlan(surveyed, clock, context.kit), context.kit),
    source: source.id,
    stamper: new SourceClock(clock.completion),
    passOver: whole ? undefined : adapter.passOver,
    emit: (event) => {
      if (whole) {
        // A record is shown once, by what it says itself: not again by the errors inside it.
        if (event.offset === shown) return;
        shown = event.offset;
        event.fields["event.original"] = original;
      }
      adapter.push(event);
    },
    ...(whole && {
      observe: (record: RawRecord, claimed: unknown) => {
        original = record.text;
        if (!claimed && record.text.trim() !== "") keep(unclaimed(record));
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
      noteText(source, reader, context.work);
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

/** A capture's packets as events, each given to `keep`. */
export function packetReader(
  { source }: Surveyed,
  work: Work,
  wants: (kind: PacketKind) => boolean,
  keep: (event: Event) => void,
): StreamReader {
  const note = (events: Event[]) => {
    for (const event of events) {
      if (!(event.time >= source.from)) source.from = event.time;
      if (!(event.time <= source.to)) source.to = event.time;
      keep(event);
    }
  };
  const reader = new PacketReader(source.id, note, { path: source.path, wants });
  return {
    push: (chunk) => reader.push(chunk),
    end() {
      reader.end();
      source.records = reader.records;
      source.parsed = reader.parsed;
      source.unparsed = reader.unparsed;
      source.stamp = "epoch";
      work.decoded += reader.parsed;
      source.problems.push(...reader.problems);
    },
  };
}
