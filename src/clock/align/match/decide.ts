import { agreementOf, type Candidate, extremes } from "./agreement.js";
import { contradictionAmong } from "./contradiction.js";
import { isBeyondStep, isMajority } from "./objections.js";
import { inOrder } from "./order.js";
import { type PairContext, provenOf } from "./proof.js";
import { type SharedKey, type SharedPair, timeOf } from "./shared.js";
import { COPIES_US, type Sighting } from "./sighting.js";

/** What two sources share, and what of it can be told. */
export interface DecidedPair {
  a: number;
  b: number;
  keys: readonly SharedKey[];
  /** Candidates that agree with each other, and prove it: one set, or more where a clock was stepped. */
  agreed: Candidate[][];
  /** Candidates that agree with none of these, although their keys are sent once only. */
  apart: Candidate[];
  /** Keys of which it is open who saw which sending. */
  open: number[];
  /** Nothing is proven, and these two contradict each other although their keys are sent once only. */
  contradiction: readonly [Candidate, Candidate] | undefined;
}

/** A clock that is stepped more often than this is none. */
const MOST_STEPS = 8;

/**
 * Tells which sightings of two sources are of one happening, if it can be told. Keys that both saw once are asked first. If these
 * prove nothing, keys that both saw equally often are taken in their order, in addition; then any sighting with any of the same
 * key, if there is one offset on which most of them agree and no other that half as many do.
 */
export function decide({ a, b, keys }: SharedPair, context: PairContext): DecidedPair {
  const decided: DecidedPair = { a, b, keys, agreed: [], apart: [], open: [], contradiction: undefined };
  const once = candidatesOf(keys, (shared) =>
    shared.a.length === 1 && shared.b.length === 1 ? zip(shared) : [],
  );
  const stamped = context.aSpan !== undefined && context.bSpan !== undefined;
  if (!context.aSpan && !context.bSpan) return decided;
  const sets = stamped ? provenSets(once, context) : provenOrder(once, context);
  let used = once;
  if (sets.length === 0) {
    const set = stamped
      ? (commonOffset(candidatesOf(keys, inTurn), context) ??
        commonOffset(candidatesOf(keys, eachWithEach), context))
      : provenOrder(candidatesOf(keys, inTurn), context)[0];
    if (!set) {
      decided.apart = once.filter(({ key }) => keys[key]!.identity.again === 0);
      decided.contradiction = contradictionAmong(decided.apart, context);
      return decided;
    }
    sets.push(set);
    used = set;
  }
  const taken = new Set(sets.flat());
  decided.agreed = sets;
  decided.apart = used.filter(
    (candidate) => !taken.has(candidate) && keys[candidate.key]!.identity.again === 0,
  );
  const told = new Set(used.map(({ key }) => key));
  for (let key = 0; key < keys.length; key++) if (!told.has(key)) decided.open.push(key);
  return decided;
}

/** Sets of candidates that agree on an offset each, the first proven; none if others disagree with them that are not few. */
function provenSets(candidates: readonly Candidate[], context: PairContext): Candidate[][] {
  const sets: Candidate[][] = [];
  const told = new Set<Candidate>();
  let rest = candidates;
  while (rest.length > 0 && sets.length < MOST_STEPS) {
    const { candidates: agreed } = agreementOf(rest);
    if (sets.length > 0 && !isBeyondStep(agreed, sets[0]!)) break;
    const set = sets.length > 0 ? agreed : provenOf(agreed, context);
    if (set.length === 0) break;
    sets.push([...set]);
    // What agrees with the proven ones is no objection, even where it adds nothing.
    for (const candidate of agreed) told.add(candidate);
    rest = rest.filter((candidate) => !told.has(candidate));
  }
  return isMajority([...told], rest) ? sets : [];
}

/** The one offset that most keys agree on, when no other has half as many. */
function commonOffset(candidates: readonly Candidate[], context: PairContext): Candidate[] | undefined {
  if (candidates.length === 0) return undefined;
  const { candidates: agreed, keys, rival } = agreementOf(candidates);
  const all = new Set(candidates.map(({ key }) => key)).size;
  if (keys < 3 || keys * 2 <= all || rival * 2 > keys) return undefined;
  const told = new Set(agreed.map(({ key }) => key));
  const others = candidates.filter(({ key }) => !told.has(key));
  const proven = provenOf(agreed, context);
  return proven.length > 0 && isMajority(agreed, others) ? [...proven] : undefined;
}

/**
 * Candidates between lines and stamps: those whose stamps do not go back where lines go on. That says little of a key which may
 * come again at any time, and so these stay open.
 */
function provenOrder(all: readonly Candidate[], context: PairContext): Candidate[][] {
  const candidates = all.filter(({ key }) => Number.isFinite(context.keys[key]!.identity.again));
  const proven = provenOf(inOrder(candidates, context.aSpan === undefined), context);
  return proven.length * 2 > candidates.length ? [[...proven]] : [];
}

function candidatesOf(
  keys: readonly SharedKey[],
  pairing: (shared: SharedKey) => readonly (readonly [Sighting, Sighting])[],
): Candidate[] {
  return keys.flatMap((shared, key) => pairing(shared).map(([a, b]) => ({ key, a, b })));
}

/** The n-th sighting of the one is the n-th of the other. */
function zip({ a, b }: SharedKey): [Sighting, Sighting][] {
  return a.map((sighting, i) => [sighting, b[i]!]);
}

/**
 * The sightings of a key that both sources saw equally often, in their order. Of one that comes regularly the one source may have
 * missed the first and the other the last: it is taken only if it does not, or is soon not sent any more.
 */
function inTurn(shared: SharedKey): [Sighting, Sighting][] {
  const { a, b, identity } = shared;
  if (a.length !== b.length) return [];
  return a.length === 1 || Number.isFinite(identity.again) || isIrregular(a, b) ? zip(shared) : [];
}

/** Does the distance from one sighting to the next change by more than the windows leave open? */
function isIrregular(a: readonly Sighting[], b: readonly Sighting[]): boolean {
  const width = Math.max(...[...a, ...b].map(({ lo, hi }) => hi - lo).filter(Number.isFinite), 0) + COPIES_US;
  const distances = a.slice(1).map((sighting, i) => timeOf(sighting) - timeOf(a[i]!));
  const [least, most] = extremes(distances);
  return distances.length > 1 && most - least > 2 * width;
}

/** Windows that are open on one side agree with any offset far enough on that side. */
const boundsBothSides = ([a, b]: readonly [Sighting, Sighting]) =>
  Number.isFinite(a.lo - b.hi) && Number.isFinite(a.hi - b.lo);

/** A key with more sightings than these is of no use where nothing else is known. */
const FEW = 4;

function eachWithEach({ a, b }: SharedKey): [Sighting, Sighting][] {
  if (a.length > FEW || b.length > FEW) return [];
  return a.flatMap((x) => b.map((y): [Sighting, Sighting] => [x, y]).filter(boundsBothSides));
}
