import type { Clue, ClueKind, LookedAt } from "../../../../src/clock/align/clue.js";
import { familiesOf, familyOf } from "../../../../src/clock/align/families.js";
import type { Event, Fields } from "../../../../src/model/event.js";

/** 2026-11-22T03:52:30Z. */
const BASE_US = 1_795_319_550e6;

/** A record of a made source: its stamp in seconds after the base, and what it tells. */
export interface Said {
  at: number;
  /** The stamp is in whole seconds. */
  whole?: boolean;
  action: string;
  fields: Fields;
}

/** A clue as a person would say it: from when to when, in seconds after the base (or lines). */
export type Line = [key: string, from: number, to: number];

/** What one kind takes from a source with these records, one a line. */
export function taken(kind: ClueKind, at: Partial<LookedAt>, said: readonly Said[]): Line[] {
  const clues: Clue[] = [];
  const families = new Set([...familiesOf([kind]), ...(kind.answers ?? [])]);
  const source: LookedAt = {
    source: 0,
    path: "a.log",
    format: "log",
    stamp: "rfc3339",
    unstamped: false,
    ...at,
  };
  const taker = kind.of(source, (clue) => {
    if (!families.has(familyOf(clue.key))) throw new Error(`${clue.key} is of no family that the kind names`);
    clues.push(clue);
  });
  for (const [i, one] of said.entries()) if (kind.actions.includes(one.action)) taker?.take(eventOf(one, i));
  taker?.end();
  const told = (us: number) => (source.unstamped || !Number.isFinite(us) ? us : (us - BASE_US) / 1e6);
  return clues.map(({ key, lo, hi }) => [key, told(lo), told(hi)]);
}

function eventOf({ at, whole, action, fields }: Said, i: number): Event {
  const time = BASE_US + Math.round(at * 1e6);
  return {
    source: 0,
    line: i + 1,
    offset: i * 100,
    length: 100,
    time,
    ns: 0,
    latest: whole ? time + 999_999 : time,
    action,
    category: "any",
    fields,
  };
}
