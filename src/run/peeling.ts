import { Claimer, type Detection, isGeneric, mainFormat } from "../decode/text/claim.js";
import type { Composer } from "../decode/text/compose.js";
import { TextReader } from "../decode/text/reader.js";
import { timeless } from "../decode/text/timeless.js";
import { PEELERS, type Peel } from "../evidence/peel/peelers.js";
import { goOnBehind, type Proof, widthOf } from "../evidence/peel/rejoin.js";
import { PeeledText } from "../evidence/peel/view.js";
import type { Grammar } from "../grammar/types.js";
import type { Recognised } from "./recognise.js";

/** Quotations of colours in numbered lines: hardly anything is wrapped more often. */
const MOST_LAYERS = 6;

/** A source's beginning without what was put around its lines. */
export interface Peeled {
  readonly peel: Peel;
  readonly sample: string;
  readonly seen: Recognised;
}

/**
 * Finds what was put around the lines of a source after they were written, if anything was. A layer is peeled off if formats claim
 * more of what comes out; what never changes the words of a line, if they claim as much.
 *
 * @param sample the source's first lines, latin1, and what they show as they are
 * @returns nothing where nothing is to be peeled: nearly always, and after little more than a look
 */
export function peeled(
  sample: string,
  seen: Recognised,
  composer: Composer,
  recognise: (sample: string) => Recognised,
): Peeled | undefined {
  let best: Peeled = { peel: { layers: [] }, sample, seen };
  let score: Understood | undefined;
  const consider = (peel: Peel, harmless: boolean): boolean => {
    const view = new PeeledText(peel, peel.width === undefined ? undefined : proofOf(seen.envelopes));
    const shown = Buffer.concat([view.push(Buffer.from(sample, "latin1")), view.end()]).toString("latin1");
    const found = recognise(shown);
    // What belongs to a format's own lines (a packet's number) looks like something that was put around them.
    if (!harmless && isOwn(best.seen.detection) && !isClear(found.detection)) return false;
    score ??= understood(best.sample, best.seen, composer);
    const now = understood(shown, found, composer);
    if (harmless ? now.unread > score.unread : !isBetter(now, score)) return false;
    best = { peel, sample: shown, seen: found };
    score = now;
    return true;
  };
  for (let layers = 0; layers < MOST_LAYERS; layers++) {
    const lines = best.sample.split("\n");
    const { peel } = best;
    const found = PEELERS.some(
      ({ name, suits, harmless }) =>
        !peel.layers.includes(name) &&
        suits(lines) &&
        consider({ layers: [...peel.layers, name] }, harmless === true),
    );
    if (!found) break;
  }
  const lines = score === undefined && isClear(seen.detection) ? [] : best.sample.split("\n");
  const width = widthOf(lines);
  if (width !== undefined && goOnBehind(width, lines, proofOf(seen.envelopes)))
    consider({ ...best.peel, width }, false);
  return best.sample === sample && best.peel.layers.length === 0 ? undefined : best;
}

/** Tells which lines are records of some format. */
export function proofOf(envelopes: readonly Grammar[]): Proof {
  const claimers = envelopes.map((grammar) => new Claimer(grammar));
  return {
    isRecord(text) {
      const place = claimers.findIndex((claimer) => claimer.claims(text));
      if (place < 0) return false;
      // Lines of one text are alike: the format that claimed one is asked first for the next.
      claimers.unshift(...claimers.splice(place, 1));
      return true;
    },
  };
}

/** One format claims nearly all of it. */
const isClear = ({ ranked, records }: Detection): boolean => (ranked[0]?.claimed ?? 0) >= records * 0.95;

/** One format that claims only what no other does claims nearly all of it. */
const isOwn = (detection: Detection): boolean => isClear(detection) && mainFormat(detection) !== undefined;

/** A record that only a generic format claims is understood half. */
const HALF = 0.5;

/** How much of a sample is understood. */
interface Understood {
  /** Records that fit no format, or only a generic one. */
  readonly unread: number;
  /** What all others told. */
  readonly fields: number;
}

function understood(sample: string, { detection, envelopes }: Recognised, composer: Composer): Understood {
  let fields = 0;
  const reader = new TextReader({
    source: 0,
    path: "",
    detection,
    envelopes,
    composer,
    stamper: timeless,
    bytes: sample.length,
    emit: (event) => {
      for (const value of Object.values(event.fields)) if (value !== undefined) fields++;
    },
  });
  reader.push(Buffer.from(sample, "latin1"));
  reader.end();
  let unread = reader.unparsed;
  for (const grammar of envelopes.filter(isGeneric))
    unread += HALF * (reader.claimedBy.get(grammar.name) ?? 0);
  return { unread, fields };
}

/** By so much more must the records tell, where no more of them are read. */
const MUCH_MORE = 1.1;

const isBetter = (now: Understood, before: Understood): boolean =>
  now.unread < before.unread || (now.unread === before.unread && now.fields > before.fields * MUCH_MORE);
