import type { ClockOptions } from "../../clock/infer.js";
import type { Inferred } from "../../clock/inferred.js";
import { forgetScanners } from "../../decode/text/scanners.js";
import type { Event } from "../../model/event.js";
import type { Kit } from "../kit.js";
import type { Surveyed } from "../survey.js";
import { collectGarbage } from "../tidy.js";

/** Of so much evidence, in bytes, the clocks take tens of megabytes. */
const MUCH = 64 << 20;

/**
 * Puts the clocks of all sources together, in place (`alignClocks`). What that takes is loaded only where there are several that can
 * disagree.
 *
 * @returns events that tell of disagreements
 */
export async function aligned(
  surveyed: readonly Surveyed[],
  clocks: Map<number, Inferred>,
  kit: Kit,
  options: Pick<ClockOptions, "align" | "reference">,
): Promise<Event[]> {
  if (options.align === false || surveyed.filter(({ kind }) => kind !== "nothing").length < 2) return [];
  const { alignClocks } = await import("./align.js");
  const told = await alignClocks(surveyed, clocks, kit, options);
  if (surveyed.reduce((sum, { file }) => sum + file.bytes, 0) >= MUCH) {
    forgetScanners();
    // V8 would leave what was held against each other where it is, and make room for what is read next beside it.
    collectGarbage();
  }
  return told;
}
