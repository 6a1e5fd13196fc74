import { type Event, type Fields, fieldOf } from "../../model/event.js";
import type { Expression } from "./ast.js";
import type { Match } from "./match.js";
import { fieldsOf } from "./patterns.js";

const NOWHERE = { source: -1, line: 0, offset: 0, length: 0, time: Number.NaN, ns: 0, latest: Number.NaN };
const OF_EVENT = /^events\[(\d+)\]\.(.+)$/s;

/**
 * Shows matches to the expressions of a pipe as events: fields are those of the first event, `events[1].a` is field `a` of the
 * second one, and a row of `count` has `count`, `percent` and `key`.
 */
export function carrierFor(expressions: readonly Expression[]): (match: Match) => Event {
  const others = expressions.flatMap(fieldsOf).flatMap((name) => {
    const [, index, field] = OF_EVENT.exec(name) ?? [];
    return field === undefined ? [] : [{ name, index: Number(index), field }];
  });
  return ({ events, tally }) => {
    const [first] = events;
    if (first === undefined) {
      const [key] = tally?.key ?? [];
      const fields: Fields = { count: tally?.count, percent: tally?.percent, key: key ?? undefined };
      return { ...NOWHERE, action: "", category: "", fields };
    }
    if (others.length === 0) return first;
    const fields: Fields = { ...first.fields };
    for (const { name, index, field } of others) {
      const event = events[index];
      if (event !== undefined) fields[name] = fieldOf(event, field);
    }
    return { ...first, fields };
  };
}
