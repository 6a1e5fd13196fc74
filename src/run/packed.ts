import { mainFormat } from "../decode/text/claim.js";
import type { SegmentOptions } from "../decode/text/read-segment.js";
import { RecordReader } from "../decode/text/record-reader.js";
import { borrowScanner, returnScanner } from "../decode/text/scanners.js";
import type { TextSegment } from "../decode/text/segment.js";
import { type Sniffed, Transcoder } from "../evidence/encoding.js";
import type { Peel } from "../evidence/peel/peelers.js";
import { PeeledText } from "../evidence/peel/view.js";
import { MOST_QUOTED } from "../evidence/reread.js";
import { KeptSegments } from "./cache/kept.js";
import { chunksOf } from "./chunks.js";
import type { RunContext } from "./context.js";
import { proofOf } from "./peeling.js";
import { Restorer } from "./restore.js";
import type { Stretches } from "./stretches.js";
import type { Surveyed } from "./survey.js";
import { type TextPlan, textOptions } from "./text.js";

/** A segment is given after so many bytes, however little is in it: each is some work to hand on. */
const SEGMENT_BYTES = 1 << 20;

/** A segment with the texts of those of its records that a report may quote: offset in the source, and latin1. */
export interface QuotedSegment extends TextSegment {
  readonly texts: readonly (readonly [offset: number, text: string])[];
}

/**
 * The segments of a text that is packed, in an encoding of two bytes, or to be peeled, kept by an earlier analysis or read now, as they are asked for. What a report
 * may quote of them is held.
 */
export function packedStretches(
  surveyed: Surveyed,
  context: RunContext,
  plan: TextPlan,
): Stretches<TextSegment> {
  const { source, encoding, packing, peel, file } = surveyed;
  const options = textOptions(plan, context.kit);
  const read = () =>
    peel
      ? segmentsOfPeeled(options, encoding, peel, chunksOf(surveyed, context))
      : segmentsOfStream({ ...options, columns: true }, encoding, chunksOf(surveyed, context));
  const segments = context.cache
    ? new KeptSegments<QuotedSegment>(context.cache, {
        file: file.absolute,
        how: [plan, packing, encoding, peel, file.bytes],
        first: 0,
        read,
        inOneGo: true,
      })
    : read();
  return Object.assign(held(segments, source.id, context), { prepare: () => {} });
}

async function* held(
  segments: AsyncIterable<QuotedSegment>,
  source: number,
  { texts }: RunContext,
): AsyncGenerator<TextSegment> {
  for await (const segment of segments) {
    for (const [offset, text] of segment.texts) texts.hold(source, offset, text);
    yield segment;
  }
}

/**
 * The segments of a text that can only be read from its beginning to its end, read by this thread. One ends with each chunk in which there
 * are records to give, while their texts are at hand.
 *
 * @param chunks the unpacked bytes; each is only looked at until the next is asked for
 * @throws what `chunks` throws, when all that came before was given
 */
export async function* segmentsOfStream(
  options: SegmentOptions,
  encoding: Sniffed,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<QuotedSegment> {
  const { literals, detection } = options;
  const equipment = borrowScanner(literals ?? [], literals && mainFormat(detection));
  const reader = new RecordReader({ ...options, selective: literals !== undefined }, equipment);
  const transcoder = new Transcoder(encoding);
  const recent = new RecentBytes();
  const quoted = (bytes: Buffer, isLast: boolean): QuotedSegment => {
    const segment = reader.segment(isLast);
    const texts = [...quotable(segment)].map(
      ([offset, length]) => [offset, recent.text(bytes, offset, length)] as const,
    );
    recent.pass(bytes, segment.end);
    return { ...segment, texts };
  };
  try {
    let failure: unknown;
    let since = 0;
    try {
      for await (const raw of chunks) {
        const bytes = transcoder.push(raw);
        reader.push(bytes);
        since += bytes.length;
        if (reader.given === 0 && since < SEGMENT_BYTES) recent.pass(bytes, reader.offset);
        else {
          since = 0;
          yield quoted(bytes, false);
        }
      }
    } catch (error) {
      failure = error;
    }
    const rest = transcoder.end();
    reader.push(rest);
    reader.end();
    yield quoted(rest, true);
    if (failure !== undefined) throw failure;
  } finally {
    returnScanner(equipment);
  }
}

/**
 * The records of a segment that a report may quote: those that tell of something, and the first one, which shows how its source writes
 * stamps: who doubts them cites it.
 */
function* quotable({ wanted, columns }: TextSegment): Generator<[offset: number, length: number]> {
  for (const { offset, length, told } of wanted) if (told.length > 0 || offset === 0) yield [offset, length];
  if (!columns) return;
  const { kinds, kindOf, offsets, lengths } = columns;
  for (const [row, offset] of offsets.entries())
    if (offset === 0 || kinds[kindOf[row]!]!.told.length > 0) yield [offset, lengths[row]!];
}

/**
 * The same of a text that is peeled. Places are those in the unpeeled text, from which reports quote: none of it is held.
 *
 * @throws what `chunks` throws, when all that came before was given
 */
export async function* segmentsOfPeeled(
  options: SegmentOptions,
  encoding: Sniffed,
  peel: Peel,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<QuotedSegment> {
  const view = new PeeledText(peel, proofOf(options.envelopes));
  const restorer = new Restorer(view.map);
  for await (const segment of segmentsOfStream(options, PEELED, shownOf(encoding, view, chunks)))
    yield { ...restorer.restore(segment), texts: [] };
}

/** What comes out of a view needs no decoding. */
const PEELED: Sniffed = { encoding: "bytes", bom: 0 };

async function* shownOf(
  encoding: Sniffed,
  view: PeeledText,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const transcoder = new Transcoder(encoding);
  let failure: unknown;
  try {
    for await (const raw of chunks) yield view.push(transcoder.push(raw));
  } catch (error) {
    failure = error;
  }
  yield view.push(transcoder.end());
  yield view.end();
  if (failure !== undefined) throw failure;
}

/** The bytes in hand, and those before them that belong to a record that has not ended. */
class RecentBytes {
  private rest = Buffer.alloc(0);
  /** Offset of the first byte of `rest`. */
  private at = 0;

  /** Latin1 text of a record that begins in the rest or in `bytes`, which follow it. */
  text(bytes: Buffer, offset: number, length: number): string {
    const begin = offset - this.at;
    const end = begin + Math.min(length, MOST_QUOTED);
    const { length: border } = this.rest;
    const head = this.rest.toString("latin1", Math.min(begin, border), Math.min(end, border));
    return head + bytes.toString("latin1", Math.max(begin - border, 0), Math.max(end - border, 0));
  }

  /** Goes on behind `bytes`. @param end offset where the next record begins */
  pass(bytes: Buffer, end: number): void {
    const from = end - this.at - this.rest.length;
    this.rest =
      from >= 0
        ? Buffer.from(bytes.subarray(from))
        : Buffer.concat([this.rest.subarray(end - this.at), bytes]);
    this.at = end;
  }
}
