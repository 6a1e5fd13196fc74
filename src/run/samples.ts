import type { StampSample } from "../clock/observed.js";
import type { Detection } from "../decode/text/claim.js";
import type { Composed, Composer } from "../decode/text/compose.js";
import { TextReader } from "../decode/text/reader.js";
import { timeless } from "../decode/text/timeless.js";
import { detached } from "../model/detached.js";

/**
 * What the clock stage is to know of a record. There may be hundreds of thousands of samples: what is written as in the one before (most records
 * of a second have its stamp, and all have their host) is there once.
 *
 * @param before the source's sample before it
 */
export function stampSample(
  line: number,
  { outer, inner, through }: Composed,
  before?: StampSample,
): StampSample {
  const host = through[0]?.fields["host.hostname"];
  return {
    line,
    outer: alone(outer, before?.outer),
    inner: inner && alone(inner, before?.inner),
    host: typeof host !== "string" ? undefined : host === before?.host ? before.host : detached(host),
  };
}

type Stamp = StampSample["outer"];

/** Without the sample that the stamp was cut out of: there may be thousands of sources. */
const alone = ({ kind, text }: Stamp, before: Stamp | undefined): Stamp =>
  before?.kind === kind && before.text === text ? before : { kind, text: detached(text) };

/** So much of a sample is read at a time: the first records are told by less than all of it. */
const PIECE = 16 << 10;

/** The stamps of the first records of a sample whose records are more than lines, and whether they hand words on. */
export function sampleRecords(
  sample: string,
  detection: Detection,
  composer: Composer,
  most: number,
): { samples: StampSample[]; handsOn: boolean } {
  const samples: StampSample[] = [];
  let handsOn = false;
  const reader = new TextReader({
    source: 0,
    path: "",
    detection,
    envelopes: detection.ranked.map(({ grammar }) => grammar),
    composer,
    stamper: timeless,
    // Nothing is wanted: records are framed and claimed, and read here.
    literals: [],
    bytes: sample.length,
    emit: () => {},
    observe: ({ text, line }, claim) => {
      if (samples.length >= most || !claim) return;
      const composed = composer.compose(claim.grammar, claim.shape, text, undefined, claim.blocks);
      if (!composed) return;
      if (typeof composed.through[0]!.fields["message"] === "string") handsOn = true;
      samples.push(stampSample(line, composed, samples.at(-1)));
    },
  });
  const bytes = Buffer.from(sample, "latin1");
  for (let at = 0; at < bytes.length && samples.length < most; at += PIECE)
    reader.push(bytes.subarray(at, at + PIECE));
  reader.end();
  return { samples, handsOn };
}
