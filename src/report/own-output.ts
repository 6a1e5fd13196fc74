/** How what hindcast itself writes begins. */
const BEGINNINGS: readonly RegExp[] = [
  // Reports, in JSON and Markdown.
  /^\s*\{\s*"schema":\s*"hindcast\./,
  /^<!-- hindcast\.report\/1 -->/,
  // Exports (docs/EXPORT.md): ecs, timesketch, timesketch-csv, perfetto, otlp, csv, sarif.
  /^\{"index":\{"_index":"[a-z0-9._-]+-(?:events|findings)"[,}]/,
  /^\{"hindcast\.time":"/,
  /^hindcast\.time,message,datetime,timestamp_desc,/,
  /^\{"traceEvents":\[\n\{"name":"process_name","ph":"M","pid":1,"tid":1,"args":\{"name":"hindcast: /,
  /^\{"resourceLogs":\[\{"resource":\{"attributes":\[\{"key":"service\.name","value":\{"stringValue":"hindcast"\}/,
  /^timestamp,message,event\.action,(?:event\.category,)?(?:event\.original,)?log\.file\.path,log\.offset,/,
  /^\{\s*"\$schema":\s*"[^"]*\/sarif-schema-2\.1\.0\.json",\s*"version":\s*"2\.1\.0",\s*"runs":\s*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"hindcast"/,
];

/** So many characters of a file's beginning tell. */
export const OWN_OUTPUT_HEAD = 320;

/**
 * Is this the beginning of a report or an export of hindcast's? Saved beside the evidence it says again what the evidence says, and must
 * not prove itself.
 *
 * @param head the first {@link OWN_OUTPUT_HEAD} characters, latin1
 */
export const isOwnOutput = (head: string): boolean => BEGINNINGS.some((pattern) => pattern.test(head));
