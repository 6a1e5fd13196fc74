import type { Event } from "../../model/event.js";
import type { Measure } from "../../report/compare/contract.js";
import { decodeBytes } from "../../report/utf8.js";
import type { FactTally } from "./census.js";
import { none, type Verdicts } from "./difference.js";
import type { Side } from "./side.js";
import { rounded } from "./statistics.js";

/** Values that are printed; the rest is counted. */
const [MOST_SHOWN, MOST_VALUES] = [4, 20];
/** More values than the good run had: it changed while it was watched. */
const UNSTABLE = 0.8;
const CHANGED = 0.6;
/** Machines that are made anew get another MAC. */
const REMADE = 0.2;
/** Something that only one run has, such as a further interface. */
const ONLY_ONE = 0.4;
/** Ports of containers are made anew each time. */
const PASSING = /^(?:veth|cali|lxc|tap|vnet)/;

/** What the two runs say of addresses, MACs, rules, resolvers and routes. */
export function factDifferences(good: Side, bad: Side): Verdicts {
  const [inGood, inBad] = [good.census.facts, bad.census.facts];
  const [toldByGood, toldByBad] = [toldBy(good), toldBy(bad)];
  const verdicts: Verdicts = { found: [], oneSided: [], alike: 0 };
  for (const what of new Set([...toldByBad.keys(), ...toldByGood.keys()])) {
    if (toldByGood.has(what) && toldByBad.has(what)) continue;
    const side = toldByGood.has(what) ? "bad" : "good";
    const told = (toldByGood.get(what) ?? toldByBad.get(what))!;
    verdicts.oneSided.push({
      side,
      lacks: `record of any ${what}`,
      what: `${what} (${told})`,
      score: CHANGED,
    });
  }
  for (const key of new Set([...inBad.keys(), ...inGood.keys()])) {
    const [ours, theirs] = [inGood.get(key), inBad.get(key)];
    const { what, subject } = (ours ?? theirs)!;
    if (!toldByGood.has(what) || !toldByBad.has(what) || PASSING.test(subject)) continue;
    const [onlyGood, onlyBad] = [beside(ours, theirs), beside(theirs, ours)];
    if (onlyGood.size === 0 && onlyBad.size === 0) {
      verdicts.alike += 1;
      continue;
    }
    const weight = weightOf(what, subject, ours, theirs);
    verdicts.found.push({
      kind: "fact",
      what: decodeBytes(subject === "" ? what : `${what} ${subject}`),
      score: rounded(weight),
      good: measureOf(ours, onlyGood, onlyBad.size > 0),
      bad: measureOf(theirs, onlyBad, onlyGood.size > 0),
      proof: { good: [...onlyGood.values()].slice(0, 2), bad: [...onlyBad.values()].slice(0, 2) },
    });
  }
  return verdicts;
}

function weightOf(
  what: string,
  subject: string,
  ours: FactTally | undefined,
  theirs: FactTally | undefined,
): number {
  if (ours === undefined || theirs === undefined) return ONLY_ONE;
  if (subject !== "" && theirs.values.size > ours.values.size) return UNSTABLE;
  return what.startsWith("MAC ") ? REMADE : CHANGED;
}

/** What a side tells facts of → how many. */
function toldBy({ census }: Side): Map<string, number> {
  const told = new Map<string, number>();
  for (const { what, values } of census.facts.values()) told.set(what, (told.get(what) ?? 0) + values.size);
  return told;
}

/** The values that the other one does not have. */
const beside = (one: FactTally | undefined, other: FactTally | undefined): Map<string, Event> =>
  new Map([...(one?.values ?? [])].filter(([value]) => !other?.values.has(value)));

function measureOf(fact: FactTally | undefined, own: ReadonlyMap<string, Event>, differs: boolean): Measure {
  if (fact === undefined) return none("not told");
  const values = [...fact.values.keys()].map(decodeBytes).sort();
  // Long lists are told by what is not in the other one.
  const telling = fact.values.size <= MOST_SHOWN ? values : [...own.keys()].map(decodeBytes).sort();
  const shown = telling.slice(0, MOST_SHOWN).join(", ");
  const more = telling.length > MOST_SHOWN ? ` and ${telling.length - MOST_SHOWN} more` : "";
  const text =
    telling === values
      ? shown
      : telling.length === 0
        ? `${values.length}, ${differs ? "all of them also in the other" : "the same"}`
        : `${values.length}, only here: ${shown}${more}`;
  return { text, count: values.length, values: values.slice(0, MOST_VALUES) };
}
