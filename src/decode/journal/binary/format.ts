import { envelopeOf } from "../../envelope.js";
import { readExportEntry } from "../export.js";

/**
 * A journal file as journald writes it. Its entries reach the layers behind as records in export form: what is made of them is what
 * is made of the same journal in any other form. It claims no text: no line of a log is such a record.
 */
export const journalFile = envelopeOf({
  name: "journal-file",
  title: "a journal file as systemd-journald writes it (.journal)",
  file: "src/decode/journal/binary/format.ts",
  event: "log.line",
  look: /[\s\S]*/y,
  read: readExportEntry,
  stamps: ["epoch"],
});
