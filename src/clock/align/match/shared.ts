import type { KeptClues } from "./kept.js";
import { type Identity, identityOf } from "./repeats.js";
import { COPIES_US, type Sighting, sightingsOf } from "./sighting.js";

/** A key that two sources share, with the sightings of both in the order of their clocks. */
export interface SharedKey {
  key: string;
  identity: Identity;
  a: readonly Sighting[];
  b: readonly Sighting[];
}

/** What two sources share. */
export interface SharedPair {
  /** Indexes of clocks, a < b. */
  a: number;
  b: number;
  keys: SharedKey[];
}

/** A key that more sources share than this is matched with the source that tells most exactly, not each with each. */
const EACH_WITH_EACH = 8;

/** More than there are clocks: a pair's number is made of theirs. */
const CLOCKS = 2 ** 26;

/**
 * Every two sources that have keys in common, in the order of their indexes; keys in the order in which the first of them
 * saw them.
 *
 * @param isUnstamped by index of clock: windows are lines
 */
export function sharedPairs(kept: KeptClues, isUnstamped: (clock: number) => boolean): SharedPair[] {
  const sources = [...kept.kept()];
  const several = knownToSeveral(sources.map(({ byKey }) => byKey.keys()));
  const holders = new Map<string, { clock: number; sightings: Sighting[] }[]>();
  for (const { source, byKey } of sources) {
    const apart = isUnstamped(source) ? 0 : COPIES_US;
    for (const [key, clues] of byKey) {
      if (!several.has(key)) continue;
      const holder = { clock: source, sightings: sightingsOf(clues, apart) };
      const list = holders.get(key);
      if (list) list.push(holder);
      else holders.set(key, [holder]);
    }
  }
  const pairs = new Map<number, SharedPair>();
  for (const [key, list] of holders) {
    const identity = identityOf(key);
    for (const [x, y] of couples(list)) {
      const shared = { key, identity, a: x.sightings, b: y.sightings };
      if (!saysSomething(shared)) continue;
      const both = x.clock * CLOCKS + y.clock;
      const pair = pairs.get(both);
      if (pair) pair.keys.push(shared);
      else pairs.set(both, { a: x.clock, b: y.clock, keys: [shared] });
    }
  }
  const sorted = [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  for (const { keys } of sorted)
    keys.sort((x, y) => timeOf(x.a[0]!) - timeOf(y.a[0]!) || (x.key < y.key ? -1 : 1));
  return sorted;
}

/** The keys that more than one source knows: of many sources' most keys are their own, and need no room. */
function knownToSeveral(sources: Iterable<Iterable<string>>): Set<string> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const keys of sources)
    for (const key of keys)
      if (seen.has(key)) several.add(key);
      else seen.add(key);
  return several;
}

/** Each with each, or all with the one whose windows are narrowest. */
function* couples<H extends { sightings: Sighting[] }>(holders: readonly H[]): Generator<[H, H]> {
  if (holders.length <= EACH_WITH_EACH) {
    for (const [i, x] of holders.entries()) for (const y of holders.slice(i + 1)) yield [x, y];
    return;
  }
  const width = ({ sightings }: H) => sightings[0]!.hi - sightings[0]!.lo;
  let hub = 0;
  for (const [i, holder] of holders.entries()) if (width(holder) < width(holders[hub]!)) hub = i;
  for (const [i, holder] of holders.entries()) {
    if (i < hub) yield [holder, holders[hub]!];
    else if (i > hub) yield [holders[hub]!, holder];
  }
}

/** Windows that are open on the same side in both say nothing of one clock against the other. */
function saysSomething({ a, b }: SharedKey): boolean {
  const [x, y] = [a[0]!, b[0]!];
  return Number.isFinite(x.lo - y.hi) || Number.isFinite(x.hi - y.lo);
}

/** Where a sighting lies on its clock: the middle of its window, or the end that is known. */
export function timeOf({ lo, hi }: Sighting): number {
  if (lo === Number.NEGATIVE_INFINITY) return hi;
  return hi === Number.POSITIVE_INFINITY ? lo : (lo + hi) / 2;
}
