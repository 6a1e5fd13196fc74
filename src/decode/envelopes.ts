import type { Grammar } from "../grammar/types.js";
import { dockerJsonFile } from "./docker/json-file.js";
import { journalExport } from "./journal/export.js";
import { journalJson } from "./journal/json.js";
import { journalVerbose } from "./journal/verbose.js";
import { tsharkJson } from "./tshark/json.js";
import { tsharkPsml } from "./tshark/psml.js";
import { tsharkSummary } from "./tshark/summary.js";
import { tsharkVerbose } from "./tshark/verbose.js";

/** The text formats that decoders read, as envelopes beside those of `grammars/`. */
export const decodedEnvelopes: readonly Grammar[] = [
  journalJson,
  journalExport,
  journalVerbose,
  dockerJsonFile,
  tsharkJson,
  tsharkPsml,
  tsharkSummary,
  tsharkVerbose,
];
