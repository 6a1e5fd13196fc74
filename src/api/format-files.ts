/** Grammars as files: compiling them, running their samples, drafting and importing them, explaining how a record is read. */
export { sheetOfDecoder } from "../decode/descriptions/sheet.js";
export type { RawRecord } from "../decode/text/compose.js";
export { compileGrammars } from "../grammar/compile.js";
export { draftGrammar } from "../grammar/draft/draft.js";
export { recordsOf } from "../grammar/draft/records.js";
export { caret, explainRecord } from "../grammar/explain.js";
export { type ImportedFormat, UnknownFormat } from "../grammar/import/format.js";
export { readGrok } from "../grammar/import/grok.js";
export { importFormat } from "../grammar/import/import.js";
export { readLnav } from "../grammar/import/lnav.js";
export { formatProblem } from "../grammar/problem.js";
export { runSamples } from "../grammar/samples.js";
export { type FieldSheet, type FormatSheet, sheetOf } from "../grammar/sheet.js";
export { readValues } from "../grammar/values/index.js";
export { outline } from "../grammar/values/outline.js";
export { draftInput } from "../run/draft-input.js";
export { type ExplainedRecord, explainRecords } from "../run/explain.js";
