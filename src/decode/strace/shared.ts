import type { Event } from "../../model/event.js";
import { FACTS, FactAt } from "../../scan/facts.js";
import type { RowTaker } from "../text/late.js";
import { rowText, type UnreadRows } from "../text/unread.js";
import type { Context } from "./context.js";
import type { Disorder } from "./disorder.js";
import { straceFields } from "./line-fields.js";
import type { Processes } from "./processes.js";
import type { Sieve } from "./sieve.js";

/** What the tracker shares with those who spare it work by following rows. */
export interface Shared {
  readonly processes: Processes;
  readonly context: Context;
  readonly disorder: Disorder;
  readonly sieve: Sieve;
  /** The second half of a call was withheld. */
  readonly ended: () => void;
  /** The record shows that the trace is in no order; it is one of that thread. */
  readonly lost: (event: Event, thread: number) => void;
}

/** The record in a row, whose stamp was taken, shows that the trace is in no order. */
export function lostIn(rows: UnreadRows, row: number, taker: RowTaker, { lost }: Shared): void {
  const { facts } = rows;
  const fields = straceFields(rowText(rows, row).toString("latin1"), facts, row * FACTS)!;
  lost(taker.eventAt(rows, row, "process.syscall", "process", fields), facts[row * FACTS + FactAt.THREAD]!);
}
