import type { Handover } from "../../export/handover.js";
import type { Problem } from "../../model/source.js";

/** How an export went. */
export interface ExportAccount {
  /** Records that were read, chosen or not. */
  records: number;
  /** What the format could not hold, by the reason. */
  leftOut: { what: string; reason: string; count: number }[];
  problems: Problem[];
}

export const newAccount = (): ExportAccount => ({ records: 0, leftOut: [], problems: [] });

/** Counts in the account what is left out. */
export const counting =
  ({ leftOut }: ExportAccount): Handover["leaveOut"] =>
  (what, reason, count = 1) => {
    const known = leftOut.find((entry) => entry.what === what && entry.reason === reason);
    if (known) known.count += count;
    else leftOut.push({ what, reason, count });
  };
