import { type Event, type FieldValue, fieldOf } from "../../model/event.js";
import type { Query } from "./ast.js";
import { keyText } from "./keys.js";
import type { Match } from "./match.js";
import { isList } from "./values.js";

/**
 * A match's events in the places that the query gives them, as Elastic's EQL search API answers: `undefined` stands where an event
 * must be missing.
 */
export function placed(query: Query, { events }: Match): (Event | undefined)[] {
  if (query.kind !== "sequence") return [...events];
  let next = 0;
  return query.steps.flatMap(({ missing, runs = 1 }) =>
    Array.from({ length: runs }, () => (missing ? undefined : events[next++])),
  );
}

/** The values that a match's events share, in the order of the `by` fields; `null` where an optional one is absent. */
export function joinKeys(query: Query, { events: [first], key }: Match): (FieldValue | null)[] {
  if (query.kind === "event" || first === undefined) return [];
  const by = query.steps.find(({ missing }) => !missing)?.by ?? [];
  const parts = key?.split("\u0000").slice(1) ?? [];
  return by.map(({ name }, i) => {
    const value = fieldOf(first, name);
    if (value === undefined) return null;
    if (!isList(value)) return value;
    // Of several values the one that the others have, too.
    return value.find((one) => keyText(one) === parts[i]) ?? value[0] ?? null;
  });
}
