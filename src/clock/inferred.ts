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

/** One more source is on a clock: what only some of them say is not said of it. */
function join(clock: ClockInfo, other: ClockInfo, source: number): void {
  clock.sources.push(source);
  if (clock.standsFor !== other.standsFor) delete clock.standsFor;
  const [own, its] = [clock.resolution, other.resolution];
  if (its !== undefined && !(own !== undefined && own <= its)) clock.resolution = its;
}

/** Gives clocks their ids: one clock per host, kind, basis, completion, offset and island. Call again when completions have changed. */
export function nameClocks(result: ReadonlyMap<number, Inferred>): void {
  const byKey = new Map<string, ClockInfo>();
  for (const [source, inferred] of [...result].sort(([a], [b]) => a - b)) {
    const { clock, completion, island } = inferred;
    const { zone, rules, year, day, origin, within, placed } = completion;
    const own = placed ? source : undefined;
    const key = JSON.stringify([
      clock.host,
      clock.kind,
      clock.basis,
      clock.offset,
      clock.matches,
      zone,
      rules?.name,
      year,
      day,
      origin,
      within,
      own,
      island,
      // Clocks that were compared with others are each other's only where that gave the same.
      clock.matches > 0 ? [clock.offset, clock.matches, clock.shared, clock.reference] : undefined,
    ]);
    const same = byKey.get(key);
    if (same) join(same, clock, source);
    else byKey.set(key, { ...clock, id: `clock-${byKey.size + 1}`, sources: [source] });
    inferred.clock = byKey.get(key)!;
  }
}
