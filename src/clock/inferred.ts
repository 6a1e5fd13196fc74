import type { ClockInfo } from "../model/clock.js";
import type { Completion } from "./source-clock.js";

/** What was found out of one source's clock. */
export interface Inferred {
  completion: Completion;
  clock: ClockInfo;
  /** Sources of one group can be put in one order; `undefined`: on the common clock. */
  island: string | undefined;
  /** Is the order of the file the reverse of time (`journalctl -r`)? */
  reversed: boolean;
}

/** Gives clocks their ids: one clock per kind, basis, completion and island. Call again when completions have changed. */
export function nameClocks(result: ReadonlyMap<number, Inferred>): void {
  const byKey = new Map<string, ClockInfo>();
  for (const [source, inferred] of [...result].sort(([a], [b]) => a - b)) {
    const { clock, completion, island } = inferred;
    const { zone, rules, year, day, origin, within, placed } = completion;
    const own = placed ? source : undefined;
    const key = JSON.stringify([
      clock.kind,
      clock.basis,
      zone,
      rules?.name,
      year,
      day,
      origin,
      within,
      own,
      island,
    ]);
    const same = byKey.get(key);
    if (same) same.sources.push(source);
    else byKey.set(key, { ...clock, id: `clock-${byKey.size + 1}`, sources: [source] });
    inferred.clock = byKey.get(key)!;
  }
}
