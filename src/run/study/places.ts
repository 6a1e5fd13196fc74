import type { Event, RecordRef } from "../../model/event.js";

/** What tells an event from all others: its record and its kind. */
export type Placed = Pick<Event, "source" | "offset" | "line" | "action">;

/** Names a record. */
export const placeOf = ({ source, offset }: Pick<RecordRef, "source" | "offset">): string =>
  `${source}:${offset}`;

/** Names an event. */
export const keyOf = (event: Placed): string => `${placeOf(event)}:${event.line}:${event.action}`;

/** Orders events by source, place and kind. */
export const byPlace = (a: Placed, b: Placed): number =>
  a.source - b.source ||
  a.offset - b.offset ||
  a.line - b.line ||
  (a.action < b.action ? -1 : a.action > b.action ? 1 : 0);

/**
 * A number that looks like a random one, and is the same for the same event on every machine: 32 bits, mixed as MurmurHash3 does
 * (github.com/aappleby/smhasher, body and finalizer).
 */
export function rankOf({ source, offset, line, action }: Placed): number {
  let hash = actionHash(action);
  hash = mixed(hash, source);
  hash = mixed(hash, offset | 0);
  hash = mixed(hash, (offset / 2 ** 32) | 0);
  hash = mixed(hash, line | 0);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** There are some hundred kinds of event, and each comes often. */
const actionHashes = new Map<string, number>();

function actionHash(action: string): number {
  let hash = actionHashes.get(action);
  if (hash === undefined) {
    hash = 0;
    for (let i = 0; i < action.length; i++) hash = mixed(hash, action.charCodeAt(i));
    actionHashes.set(action, hash);
  }
  return hash;
}
