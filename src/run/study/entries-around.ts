import { shortLine } from "../../decode/journal/binary/entry-text.js";
import type { Composer } from "../../decode/text/compose.js";
import type { RecordRef } from "../../model/event.js";
import { eachEntry } from "../journal.js";
import type { Surveyed } from "../survey.js";
import type { Around } from "./lines-around.js";
import { bytesToRead } from "./weight.js";
import { AroundWindow } from "./window.js";

/** Larger journal files are not read once more: their entries can be found in the file, but not their neighbours. */
const MOST_BYTES = 64 << 20;

/**
 * The entries before and after those at these offsets, in the order of the file. Throws as the main reading does.
 * @param sampler reads an entry's stamps alone
 */
export async function entriesAround(
  member: Surveyed,
  records: readonly RecordRef[],
  sampler: Composer,
): Promise<ReadonlyMap<number, Around>> {
  const window = new AroundWindow(new Set(records.map(({ offset }) => offset)));
  if (bytesToRead(member.file.bytes, member.packing) > MOST_BYTES) return window.found;
  await eachEntry(member, sampler, (record, offset) => {
    window.push(offset, record);
    return window.isOpen;
  });
  for (const around of window.found.values()) {
    around.before = around.before.map(shortLine);
    around.after = around.after.map(shortLine);
  }
  return window.found;
}
