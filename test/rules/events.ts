import type { Event, Fields } from "../../src/model/event.js";

let next = 0;

/** An event for tests: `at` in seconds, its own line and offset in source 0 unless told. */
export function event(action: string, at: number, fields: Fields = {}, more: Partial<Event> = {}): Event {
  next += 1;
  const time = at * 1_000_000;
  return {
    source: 0,
    line: next,
    offset: next * 100,
    length: 80,
    time,
    ns: 0,
    latest: time,
    action,
    category: "network",
    fields,
    ...more,
  };
}
