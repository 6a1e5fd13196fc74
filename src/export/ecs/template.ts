/** The version of the Elastic Common Schema whose names are used. */
export const ECS_VERSION = "9.0.0";

/** The indices that documents go to. */
export const indexNames = (prefix: string) => ({
  events: `${prefix}-events`,
  findings: `${prefix}-findings`,
});

type Mapping = Readonly<Record<string, unknown>>;

/** A text that may be longer or other than its field's type allows must not cost the document: what does not fit is not indexed. */
const KEYWORD: Mapping = { type: "keyword", ignore_above: 1024 };
const LONG: Mapping = { type: "long", ignore_malformed: true };
const DOUBLE: Mapping = { type: "double", ignore_malformed: true };
const IP: Mapping = { type: "ip", ignore_malformed: true };
/** Nanoseconds; `date` would stop at milliseconds. */
const NANOS: Mapping = { type: "date_nanos" };
const WORDS: Mapping = { type: "match_only_text" };

/** Fields that every document may have, and texts that people search by words. */
const PROPERTIES: Readonly<Record<string, Mapping>> = {
  "@timestamp": NANOS,
  "hindcast.latest": NANOS,
  "hindcast.stamped": NANOS,
  "event.start": NANOS,
  "event.end": NANOS,
  "event.severity": LONG,
  "event.duration": LONG,
  "log.offset": LONG,
  "log.origin.file.line": LONG,
  "hindcast.length": LONG,
  "hindcast.finding.confidence": DOUBLE,
  "hindcast.finding.count": LONG,
  "hindcast.finding.remediation": WORDS,
  "hindcast.finding.verify": WORDS,
  message: WORDS,
  "error.message": WORDS,
  // As in ECS: kept, not indexed.
  "event.original": { type: "keyword", index: false, doc_values: false },
};

/** Fields whose names say that they hold addresses. Prefixes and host names are no `ip`. */
export const ADDRESSES = ["*.ip", "*_ip"];

/** Measures, which may have a fraction in one record and none in another: as `long`, which the first one may suggest, fractions would be lost. */
export const MEASURES = [
  "*_ms",
  "*_seconds",
  "*.seconds",
  "*_percent",
  "*.msec",
  "*.delta",
  "*.since_boot",
  "*.since_start",
];

interface DynamicTemplate {
  path_match?: string[];
  match_mapping_type?: string;
  mapping: Mapping;
}

/** The first that fits decides; `match_mapping_type` is what JSON shows. */
const DYNAMIC: readonly Readonly<Record<string, DynamicTemplate>>[] = [
  { addresses: { path_match: ADDRESSES, match_mapping_type: "string", mapping: IP } },
  { measures: { path_match: MEASURES, match_mapping_type: "long", mapping: DOUBLE } },
  { fractions: { match_mapping_type: "double", mapping: DOUBLE } },
  { numbers: { match_mapping_type: "long", mapping: LONG } },
  { texts: { match_mapping_type: "string", mapping: KEYWORD } },
];

/**
 * A composable index template for both indices (`PUT _index_template/NAME`; Elasticsearch 8.3 and later, which know `subobjects`).
 * Fields of docs/FIELDS.md get their types by name and by what they hold; none of their values can cost a document.
 */
export function indexTemplate(prefix: string): Readonly<Record<string, unknown>> {
  const { events, findings } = indexNames(prefix);
  return {
    index_patterns: [events, findings],
    priority: 200,
    _meta: { description: "Events and findings that hindcast exported", ecs_version: ECS_VERSION },
    template: {
      settings: { index: { codec: "best_compression", mapping: { total_fields: { limit: 2000 } } } },
      mappings: {
        subobjects: false,
        date_detection: false,
        numeric_detection: false,
        dynamic_templates: DYNAMIC,
        properties: PROPERTIES,
      },
    },
  };
}
