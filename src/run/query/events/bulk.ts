/** What stands before a document in the input of Elasticsearch's bulk API, and what its lines may say of the document. */
const ACTIONS: ReadonlySet<string> = new Set(["index", "create"]);
const METADATA =
  /^(?:_index|_id|routing|pipeline|version|version_type|if_seq_no|if_primary_term|dynamic_templates|require_alias|require_data_stream|list_executed_pipelines)$/;

/** A line that says what is to be done with the next document. */
export interface BulkAction {
  id?: string;
}

/**
 * Reads a line of the bulk API (https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk): one action with nothing but
 * metadata. Exports of events have them.
 *
 * @returns `undefined` for any other object: an event
 */
export function bulkAction(object: Readonly<Record<string, unknown>>): BulkAction | undefined {
  const [entry, ...others] = Object.entries(object);
  if (entry === undefined || others.length > 0 || !ACTIONS.has(entry[0])) return undefined;
  const [, metadata] = entry;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) return undefined;
  if (!Object.keys(metadata).every((name) => METADATA.test(name))) return undefined;
  const { _id: id } = metadata as { _id?: unknown };
  return typeof id === "string" || typeof id === "number" ? { id: String(id) } : {};
}
