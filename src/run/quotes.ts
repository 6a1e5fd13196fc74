import { describeFields } from "../decode/packet/describe.js";
import { reread } from "../evidence/reread.js";
import type { Event, RecordRef } from "../model/event.js";
import { quotesOfJournal } from "./journal.js";
import type { Surveyed } from "./survey.js";
import type { HeldTexts } from "./texts.js";

/** Packets, and what tshark wrote of them over many lines: shown in one line of our own. */
const isDescribed = ({ kind, source }: Surveyed) =>
  kind === "packets" || /^tshark-(?:json|verbose|psml)$/.test(source.format);

/**
 * Fetches the texts of records that a report cites, from the evidence itself; packets are described in one line.
 * @param held texts that need not be fetched
 * @returns latin1 texts; empty when a record can't be read any more
 */
export async function quotes(
  surveyed: readonly Surveyed[],
  cited: Iterable<RecordRef>,
  held: HeldTexts,
): Promise<(event: Event) => string> {
  const ranges = new Map<number, Map<number, number>>();
  for (const { source, offset, length } of cited) {
    if (isDescribed(surveyed[source]!) || held.of(source)?.has(offset)) continue;
    if (!ranges.has(source)) ranges.set(source, new Map());
    ranges.get(source)!.set(offset, length);
  }
  const texts = new Map<number, Map<number, string>>();
  for (const [id, wanted] of ranges) {
    const member = surveyed[id]!;
    const list = [...wanted].map(([offset, length]) => ({ offset, length }));
    try {
      if (member.kind === "journal") texts.set(id, await quotesOfJournal(member, list));
      else texts.set(id, await reread(member.file.absolute, member.packing, member.encoding, list));
    } catch {
      // The file went away while it was analysed: the finding stands, its quotation is missing.
    }
  }
  return (event) => {
    if (isDescribed(surveyed[event.source]!)) return describeFields(event.action, event.fields);
    const [own, other] = [held.of(event.source), texts.get(event.source)];
    return (own?.get(event.offset) ?? other?.get(event.offset))?.replaceAll("\r", "") ?? "";
  };
}
