import { reread } from "../../evidence/reread.js";
import type { RecordRef } from "../../model/event.js";
import type { Context } from "../../report/study.js";
import type { Surveyed, Toolbox } from "../survey.js";
import { entriesAround } from "./entries-around.js";
import { AROUND_BYTES, type Around, lineOf, linesAfter, linesBefore } from "./lines-around.js";
import { packetsAround } from "./packets-around.js";

/** Of so many records the neighbours are fetched. */
const MOST_CONTEXTS = 2_000;

/**
 * Fetches the lines around records from the evidence, in one more reading of each source at most. Memory is bounded by the number of
 * records; what cannot be read any more has no neighbours.
 *
 * @param paths of the sources, by their numbers, as the report shows them
 * @returns each record once, in the order of sources and offsets
 */
export async function contextsOf(
  surveyed: readonly Surveyed[],
  cited: readonly RecordRef[],
  paths: readonly string[],
  toolbox: Toolbox,
): Promise<Context[]> {
  const bySource = new Map<number, Map<number, RecordRef>>();
  for (const record of cited.slice(0, MOST_CONTEXTS)) {
    if (surveyed[record.source] === undefined) continue;
    if (!bySource.has(record.source)) bySource.set(record.source, new Map());
    bySource.get(record.source)!.set(record.offset, record);
  }
  const contexts: Context[] = [];
  for (const [id, byOffset] of [...bySource].sort(([a], [b]) => a - b)) {
    const records = [...byOffset.values()].sort((a, b) => a.offset - b.offset);
    const around = await aroundIn(surveyed[id]!, records, toolbox);
    for (const { offset, line } of records) {
      const { before = [], after = [] } = around.get(offset) ?? {};
      contexts.push({
        source: paths[id] ?? "?",
        line,
        offset,
        before: before.map(lineOf),
        after: after.map(lineOf),
      });
    }
  }
  return contexts;
}

/** By the records' offsets. */
async function aroundIn(
  member: Surveyed,
  records: readonly RecordRef[],
  { sampler }: Toolbox,
): Promise<ReadonlyMap<number, Around>> {
  try {
    if (member.kind === "packets") return await packetsAround(member, records);
    if (member.kind === "journal") return await entriesAround(member, records, sampler);
    return await linesAround(member, records);
  } catch (error) {
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    // The file went away, or is damaged there: the report says so where it matters.
    return new Map();
  }
}

async function linesAround(
  { file, packing, encoding }: Surveyed,
  records: readonly RecordRef[],
): Promise<ReadonlyMap<number, Around>> {
  const ranges = new Map<number, number>();
  const want = (from: number, to: number) => ranges.set(from, Math.max(ranges.get(from) ?? 0, to - from));
  const spans = records.map(({ offset, length }) => {
    const end = Math.max(offset, offset + length - 1);
    return { offset, from: Math.max(0, offset - AROUND_BYTES), end };
  });
  for (const { offset, from, end } of spans) {
    want(from, offset);
    want(end, end + AROUND_BYTES);
  }
  const wanted = [...ranges].map(([offset, length]) => ({ offset, length }));
  const texts = await reread(file.absolute, packing, encoding, wanted);
  return new Map(
    spans.map(({ offset, from, end }) => {
      const before = (texts.get(from) ?? "").slice(0, offset - from);
      const after = (texts.get(end) ?? "").slice(0, AROUND_BYTES);
      return [offset, { before: linesBefore(before, from === 0), after: linesAfter(after) }];
    }),
  );
}
