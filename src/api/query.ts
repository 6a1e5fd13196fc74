/** Questions in EQL, to evidence or to events of any origin, and how answers are printed. */
export type { Doc, Hit, QueryAnswer } from "../report/query/answer.js";
export { renderApi, renderLines } from "../report/query/api.js";
export { renderCsv } from "../report/query/csv.js";
export { renderMarkdownTable, renderTable } from "../report/query/tables.js";
export type { Query } from "../rules/eql/ast.js";
export { parseEql } from "../rules/eql/parse.js";
export { unknownFields } from "../rules/eql/unknown-fields.js";
export { queryEvents } from "../run/query/events/query.js";
export { queryEvidence } from "../run/query/evidence.js";
export { knownFields } from "../run/query/known-fields.js";
