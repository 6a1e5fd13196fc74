import type { Problem } from "../../../model/source.js";
import type { Unreadable } from "./fields.js";
import type { JournalHeader } from "./header.js";
import type { Damage } from "./walk.js";

/** What went wrong while a journal file was read. */
export interface Outcome {
  readonly header: JournalHeader;
  /** Entries that were found. */
  readonly entries: number;
  /** Entries that were being written. */
  readonly unfinished: number;
  readonly unreadable: Readonly<Record<Unreadable, number>>;
  readonly damages: readonly Damage[];
  readonly isCut: boolean;
}

/** Says what could not be read, where, and what could. */
export function trouble(path: string, outcome: Outcome): Problem[] {
  const { header, entries, unfinished, unreadable, damages, isCut } = outcome;
  const problems: Problem[] = [];
  const tell = (severity: Problem["severity"], message: string, offset?: number) =>
    problems.push({ path, message, severity, ...(offset !== undefined && { offset }) });
  const missing = header.entries - entries;
  const saved =
    missing > 0 ? `${entries} of ${header.entries} entries were read` : `${entries} entries were read`;
  const [first] = damages;
  if (first) {
    const bytes = damages.reduce((sum, { from, to }) => sum + to - from, 0);
    const places = damages.length === 1 ? "it is" : `it is, in ${damages.length} places,`;
    tell(
      "error",
      `${places} damaged: ${bytes} bytes hold no objects, the first of them from byte ${first.from} on; ${saved}`,
      first.from,
    );
  }
  if (isCut)
    tell("error", `the file breaks off before its end: its header tells of ${header.end} bytes; ${saved}`);
  if (!first && !isCut && missing > 0 && !header.isOnline)
    tell(
      "warning",
      `its header counts ${header.entries} entries, ${entries} are in the file; all of these were read`,
    );
  if (unfinished > 0)
    tell(
      "warning",
      `${unfinished === 1 ? "an entry was" : `${unfinished} entries were`} being written when the file was copied; the others were read`,
    );
  if (unreadable.damaged > 0)
    tell("error", `${unreadable.damaged} fields of entries are damaged or missing; the others were read`);
  if (unreadable.large > 0)
    tell(
      "warning",
      `${unreadable.large} fields of entries are longer than 1 MiB; they were passed over, the others were read`,
    );
  return problems;
}
