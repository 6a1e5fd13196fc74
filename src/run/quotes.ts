import { describeFields } from "../decode/packet/describe.js";
import { reread } from "../evidence/reread.js";
import type { Event } from "../model/event.js";
import type { Finding } from "../model/finding.js";
import type { Surveyed } from "./survey.js";

/** Packets, and what tshark wrote of them over many lines: shown in one line of our own. */
const isDescribed = ({ kind, source }: Surveyed) =>
  kind === "packets" || /^tshark-(?:json|verbose|psml)$/.test(source.format);

/**
 * Fetches the texts of the records that findings cite, from the evidence itself; packets are described in one line.
 * @returns latin1 texts; empty when a record can't be read any more
 */
export async function quotes(
  surveyed: readonly Surveyed[],
  findings: readonly Finding[],
): Promise<(event: Event) => string> {
  const ranges = new Map<number, Map<number, number>>();
  for (const { evidence } of findings) {
    for (const { source, offset, length } of evidence) {
      if (isDescribed(surveyed[source]!)) continue;
      if (!ranges.has(source)) ranges.set(source, new Map());
      ranges.get(source)!.set(offset, length);
    }
  }
  const texts = new Map<number, Map<number, string>>();
  for (const [id, wanted] of ranges) {
    const member = surveyed[id]!;
    const list = [...wanted].map(([offset, length]) => ({ offset, length }));
    try {
      texts.set(id, await reread(member.file.absolute, member.packing, member.encoding, list));
    } catch {
      // The file went away while it was analysed: the finding stands, its quotation is missing.
    }
  }
  return (event) => {
    if (isDescribed(surveyed[event.source]!)) return describeFields(event.action, event.fields);
    return texts.get(event.source)?.get(event.offset)?.replaceAll("\r", "") ?? "";
  };
}
