import type { Grammar } from "../../grammar/types.js";
import type { LateReader } from "./assembly.js";
import { Claimer } from "./claim.js";
import { type Composer, toldOf } from "./compose.js";

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
  return {
    passOver,
    read(text) {
      // Most are of the shape that the one before had: then claiming and reading are one.
      let composed = claimer.shape && composer.compose(envelope, claimer.shape, text);
      if (!composed && claimer.claims(text)) composed = composer.compose(envelope, claimer.shape!, text);
      return composed && { stamp: composed.inner ?? composed.outer, told: toldOf(composed, wants) };
    },
  };
}
