import type { Query } from "../../rules/eql/ast.js";

/**
 * The query as Elasticsearch answers it: a sequence whose events share several values of a key is told for each of them, a sample as
 * often for each value as is asked for.
 *
 * @param samples Elasticsearch's `max_samples_per_key`
 */
export function toldByKey(query: Query, samples = 1): Query {
  if (query.kind === "sequence") return { ...query, eachKey: true };
  return query.kind === "sample" ? { ...query, perKey: samples } : query;
}
