import { harmlessJson } from "../json.js";
import type { Doc, Hit, QueryAnswer } from "./answer.js";

/**
 * An answer in the shape of that of Elastic's EQL search API
 * (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-eql-search), without `took`: the same evidence gives the same
 * bytes. What that API does not know stands beside: `hits.cannot_tell`, sequences that may match, and then `is_partial` is true; and
 * `hits.counts`, the rows of `| count`.
 */
export function renderApi(answer: QueryAnswer): string {
  const { kind, hits, total, open, openTotal } = answer;
  const counts = hits.filter(({ tally }) => tally !== undefined);
  const found =
    kind === "event"
      ? { events: hits.filter(({ tally }) => !tally).map(({ events: [doc] }) => eventOf(doc)) }
      : { sequences: hits.filter(({ tally }) => !tally).map(sequenceOf) };
  return `${harmlessJson(
    {
      is_partial: openTotal > 0,
      is_running: false,
      timed_out: false,
      hits: {
        total: { value: total, relation: "eq" },
        ...(counts.length > 0 ? { counts: counts.map(({ tally }) => tally) } : found),
        ...(open.length > 0 && { cannot_tell: open.map(openOf) }),
      },
    },
    2,
  )}\n`;
}

/** One match a line: an event, a sequence, a row of `| count`; then what cannot be told. */
export function* renderLines({ kind, hits, open }: QueryAnswer): Generator<string> {
  for (const hit of hits) {
    const value = hit.tally ?? (kind === "event" ? eventOf(hit.events[0]) : sequenceOf(hit));
    yield `${harmlessJson(value)}\n`;
  }
  for (const hit of open) yield `${harmlessJson(openOf(hit))}\n`;
}

const sequenceOf = ({ joinKeys, events }: Hit) => ({
  ...(joinKeys.length > 0 && { join_keys: joinKeys }),
  events: events.map(eventOf),
});

const openOf = (hit: Hit) => ({
  outcome: "cannot tell",
  because: hit.because,
  ...(hit.gap !== undefined && { gap: hit.gap }),
  ...sequenceOf(hit),
});

const eventOf = (doc: Doc | undefined) =>
  doc === undefined
    ? { _index: "", _id: "", _source: {}, missing: true }
    : { _index: doc.index, _id: doc.id, _source: doc.source };
