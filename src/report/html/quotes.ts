import type { Report, ReportEvidence, ReportFinding } from "../contract.js";
import type { Context, Study } from "../study.js";
import { placeOf } from "../view.js";
import { proofOf } from "../view-story.js";

/** Bytes of evidence that a page carries when nobody says how many. */
export const MOST_EVIDENCE = 1_000_000;

/** A cited record that the page carries. */
export interface Quote {
  record: ReportEvidence;
  /** The id of its element. */
  anchor: string;
  findings: Set<ReportFinding>;
  context?: Context;
}

/** The evidence that a page carries, and what it had no room for. */
export interface Quotes {
  /** Those of a source together, in the order of its records; sources in that of the report. */
  bySource: Map<string, Quote[]>;
  limit: number;
  bytes: number;
  /** Cited records, and lines around others, that were left out. */
  left: { records: number; contexts: number };
  /** Of a record that is carried, the id of its element. */
  anchorOf(record: { source: string; line: number }): string | undefined;
}

/**
 * Chooses the evidence that fits into a page: of all cited records the telling ones first (the proof of the stories, then all that belongs to them,
 * then what other findings cite), after them the lines around the records, in the same order. What comes after the first that has no room is left out.
 * @param limit bytes, as they stand in the page
 */
export function quotesOf({ report, contexts }: Study, limit = MOST_EVIDENCE): Quotes {
  const cited = citedRecords(report);
  const around = new Map(contexts.map((context) => [placeOf(context), context]));
  let bytes = 0;
  let full = false;
  const fits = (texts: readonly string[]) => {
    if (full) return false;
    const size = sizeOf(texts);
    full = bytes + size > limit;
    if (!full) bytes += size;
    return !full;
  };
  const carried = cited.filter(({ record }) => fits([record.text]));
  const left = { records: cited.length - carried.length, contexts: 0 };
  for (const quote of carried) {
    const context = around.get(placeOf(quote.record));
    if (!context) continue;
    if (fits([...context.before, ...context.after])) quote.context = context;
    else left.contexts++;
  }
  const bySource = inOrder(report, carried);
  const anchors = new Map<string, string>();
  for (const quote of [...bySource.values()].flat()) {
    quote.anchor = `record-${anchors.size + 1}`;
    anchors.set(placeOf(quote.record), quote.anchor);
  }
  return { bySource, limit, bytes, left, anchorOf: (record) => anchors.get(placeOf(record)) };
}

/** Each cited record once, the telling ones first. */
function citedRecords(report: Report): Quote[] {
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const told = report.story.flatMap(({ steps }) => steps.flatMap((step) => byId.get(step.findingId) ?? []));
  const quotes = new Map<string, Quote>();
  const add = (finding: ReportFinding, records: readonly ReportEvidence[]) => {
    for (const record of records) {
      const place = placeOf(record);
      const quote = quotes.get(place) ?? { record, anchor: "", findings: new Set() };
      quote.findings.add(finding);
      quotes.set(place, quote);
    }
  };
  for (const finding of told) add(finding, proofOf(finding));
  for (const finding of told) add(finding, finding.evidence);
  for (const finding of report.findings) add(finding, proofOf(finding));
  for (const finding of report.findings) add(finding, finding.evidence);
  return [...quotes.values()];
}

function inOrder(report: Report, quotes: readonly Quote[]): Map<string, Quote[]> {
  const bySource = new Map<string, Quote[]>(report.sources.map(({ path }) => [path, []]));
  for (const quote of quotes) {
    const { source } = quote.record;
    const all = bySource.get(source);
    if (all) all.push(quote);
    else bySource.set(source, [quote]);
  }
  for (const [source, all] of bySource) {
    if (all.length === 0) bySource.delete(source);
    else all.sort((a, b) => a.record.line - b.record.line || a.record.offset - b.record.offset);
  }
  return bySource;
}

/** `&amp;` and the like are what a page holds of a character. */
const WRITTEN: Record<string, number> = { "&": 5, "<": 4, '"': 6 };

/** Bytes that texts take in a page. */
function sizeOf(texts: readonly string[]): number {
  let size = 0;
  for (const text of texts) {
    size += Buffer.byteLength(text);
    for (const char of text.match(/[&<"]/g) ?? []) size += WRITTEN[char]! - 1;
  }
  return size;
}
