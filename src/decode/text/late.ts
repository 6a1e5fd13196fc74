import type { Grammar } from "../../grammar/types.js";
import { FACTS } from "../../scan/calls.js";
import type { LateReader } from "./assembly.js";
import { Claimer } from "./claim.js";
import { type Composer, composeClaimed, toldOf } from "./compose.js";
import { categoryOf, stampOf } from "./readings.js";
import { textBegin } from "./unread.js";

/**
 * Reads records that were left unread, those that cannot be passed over, as they would have been read at first.
 * @param envelope the format that claimed them
 */
export function lateReader(
  envelope: Grammar,
  composer: Composer,
  wants: ((action: string) => boolean) | undefined,
  passOver: LateReader["passOver"],
): LateReader {
  const claimer = new Claimer(envelope);
  const action = envelope.shapes[0]?.event ?? "";
  const category = categoryOf(envelope);
  const isWanted = !wants || wants(action);
  return {
    passOver,
    read(rows, row) {
      const text = rows.texts.toString("latin1", textBegin(rows, row), rows.ends[row]);
      const fields = envelope.lineFields?.(text, rows.facts, row * FACTS);
      if (fields) return { stamp: stampOf(fields), told: isWanted ? [{ action, category, fields }] : [] };
      const composed = composeClaimed(composer, claimer, text);
      return composed && { stamp: composed.inner ?? composed.outer, told: toldOf(composed, wants) };
    },
  };
}
