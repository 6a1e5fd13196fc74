import type { Expression } from "./ast.js";
import type { Report, Tally } from "./match.js";
import { compareAll, keyOf, MAX_HELD, type Stage, tooMany, valuesIn } from "./stages.js";
import type { Value } from "./values.js";

/** `| count`: how many matches there are. `| count a, b`: how many with each value, the rarest first, as in Endgame's EQL. */
export function counted(by: readonly Expression[], next: Report): Stage {
  const tell = (tally: Tally) => next({ events: [], outcome: "found", tally });
  const values = valuesIn(by);
  const known = new Map<string, { values: Value[]; count: number }>();
  let total = 0;
  let lost = 0;
  return {
    push(match) {
      total += 1;
      if (by.length === 0) return;
      const found = values(match);
      const key = keyOf(found);
      const first = known.get(key);
      if (first !== undefined) first.count += 1;
      else if (known.size < MAX_HELD) known.set(key, { values: found, count: 1 });
      else lost += 1;
    },
    end() {
      if (by.length === 0) {
        tell({ count: total, percent: 1 });
        return;
      }
      const rows = [...known.values()].sort((a, b) => a.count - b.count || compareAll(a.values, b.values));
      known.clear();
      for (const { values: found, count } of rows)
        tell({ key: found.map((value) => value ?? null), count, percent: count / total });
    },
    notes: () => tooMany("count", lost),
  };
}
