import type { ClueKind } from "../../clock/align/clue.js";
import { familiesOf, subjectOf } from "../../clock/align/families.js";
import type { Inferred } from "../../clock/inferred.js";
import type { PassOver } from "../../decode/packet/reader.js";
import { contextOf } from "../context.js";
import type { Kit } from "../kit.js";
import { readSource } from "../read.js";
import { piecesOf } from "./budget.js";
import { isCapture, type Looked, type Reading } from "./looked.js";
import type { Partners } from "./partners.js";
import { Preview } from "./preview.js";
import { type Asked, askedBy, sieveOf } from "./sieve.js";

/** What the captures that are looked at share with each other, and with what was told before. */
export class Captures {
  private constructor(
    private readonly preview: Preview,
    private readonly asked: Asked,
  ) {}

  /**
   * Goes through all captures, as far as they will be looked at, where there are several. To be asked for when only captures, and what comes behind them, have not been
   * looked at yet.
   *
   * @param readings all of them, in their order
   * @param partners what was told so far
   */
  static async of(
    readings: readonly Reading[],
    partners: Partners,
    clocks: ReadonlyMap<number, Inferred>,
    kit: Kit,
  ): Promise<Captures> {
    const preview = new Preview();
    const captures = readings.filter(({ source }) => isCapture(source));
    // One alone shares with nobody but those who have told, and will tell.
    if (captures.length > 1) for (const reading of captures) await take(reading, preview, clocks, kit);
    const behind = readings.slice(readings.indexOf(captures[0]!)).filter(({ source }) => !isCapture(source));
    const later = behind.flatMap(({ kinds }) =>
      kinds.flatMap(({ families, answers = [] }) => [...families, ...answers]),
    );
    return new Captures(preview, askedBy(partners, later));
  }

  /** Passes over what of a capture cannot matter to anybody. @param kinds what it is looked at for */
  passOver({ at }: Looked, kinds: readonly ClueKind[]): PassOver {
    const subjects = new Set([...familiesOf(kinds)].map(subjectOf));
    return sieveOf(at.source, subjects, this.preview, this.asked);
  }
}

async function take(
  { source: { members, at }, kinds, most }: Reading,
  preview: Preview,
  clocks: ReadonlyMap<number, Inferred>,
  kit: Kit,
): Promise<void> {
  const [first] = members;
  const wanted = new Set(kinds.flatMap(({ actions }) => actions));
  let read = 0;
  const context = contextOf({ ...kit, wanted }, { progress: (bytes) => (read += bytes), ...piecesOf(most) });
  const passOver = preview.taking(at.source);
  const options = { clock: clocks.get(at.source)!, context, passOver, everyPiece: true };
  const unseen = { ...first!, source: { ...first!.source, problems: [] } };
  for await (const batch of readSource(unseen, options)) {
    for (const event of batch) preview.take(event);
    if (read > most) break;
  }
}
