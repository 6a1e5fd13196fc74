import {
  type Anchor,
  anchorOf,
  MAX_ANCHORS,
  placeRecords,
  type Shift,
  Sightings,
  shiftOf,
  snap,
  type Wait,
  waitOf,
} from "../clock/anchors.js";
import { type Inferred, nameClocks } from "../clock/inferred.js";
import { isAbsolute, isDated } from "../clock/stamps.js";
import type { Event } from "../model/event.js";
import { contextOf } from "./context.js";
import type { Kit } from "./kit.js";
import { readSource } from "./read.js";
import type { Surveyed } from "./survey.js";

/** Formats whose records carry DNS transaction ids. */
const CARRIES_IDS = /^(strace|tcpdump|tshark)/;

const carriesIds = (surveyed: Surveyed) =>
  surveyed.kind === "packets" ||
  surveyed.detection.ranked.slice(0, 2).some(({ grammar }) => CARRIES_IDS.test(grammar.name));

const ONLY_QUESTIONS: ReadonlySet<string> = new Set(["dns.query", "dns.wait_timeout"]);

/** The DNS questions of one source, on its own clock. The source's accounts are left as they were: this is a look ahead. */
async function questions(
  surveyed: Surveyed,
  clock: Inferred,
  kit: Kit,
  most: number,
  take: (anchor: Anchor) => void,
  wait?: (wait: Wait) => void,
): Promise<void> {
  const look: Surveyed = { ...surveyed, source: { ...surveyed.source, problems: [] } };
  const context = contextOf({ ...kit, wanted: ONLY_QUESTIONS });
  let count = 0;
  for await (const batch of readSource(look, { clock, context })) {
    for (const event of batch) {
      const anchor = anchorOf(event);
      if (!anchor) {
        const waited = wait && waitOf(event);
        if (waited) wait(waited);
        continue;
      }
      take(anchor);
      if (++count >= most) return;
    }
  }
}

/**
 * Puts sources without full time on the common clock where they share DNS questions with one that has it: an unstamped strace
 * beside a capture, times of day beside dates. Reads the sources concerned once more, and only then. Changes `clocks` in place.
 * @returns a `clock.offset` event for each source whose clock disagrees with the reference
 */
export async function placeByAnchors(
  surveyed: readonly Surveyed[],
  clocks: Map<number, Inferred>,
  kit: Kit,
): Promise<Event[]> {
  const able = surveyed.filter(carriesIds);
  const stampOf = (s: Surveyed) => clocks.get(s.source.id)!.clock.kind;
  let references = able.filter((s) => isAbsolute(stampOf(s)));
  if (references.length === 0) references = able.filter((s) => isDated(stampOf(s)));
  const wanting = able.filter((s) => !references.includes(s) && !isAbsolute(stampOf(s)));
  if (references.length === 0 || wanting.length === 0) return [];

  const anchors = new Map<Surveyed, Anchor[]>();
  const waits = new Map<Surveyed, Wait[]>();
  const keys = new Set<string>();
  for (const source of wanting) {
    const list: Anchor[] = [];
    const ranOut: Wait[] = [];
    const take = (anchor: Anchor) => {
      list.push(anchor);
      keys.add(anchor.key);
    };
    await questions(source, clocks.get(source.source.id)!, kit, MAX_ANCHORS, take, (wait) =>
      ranOut.push(wait),
    );
    waits.set(
      source,
      ranOut.sort((a, b) => a.line - b.line),
    );
    if (list.length > 0) anchors.set(source, list);
  }
  if (anchors.size === 0) return [];
  const sightings = new Sightings(keys);
  for (const reference of references) {
    await questions(reference, clocks.get(reference.source.id)!, kit, Number.POSITIVE_INFINITY, (anchor) =>
      sightings.add(anchor),
    );
  }
  const disagreements: Event[] = [];
  const basis = `DNS questions also seen in ${references[0]!.source.path}`;
  for (const [source, list] of anchors) {
    const inferred = clocks.get(source.source.id)!;
    if (stampOf(source) === "none") {
      const placed = placeRecords(list, sightings, waits.get(source));
      if (!placed) continue;
      inferred.completion = { ...inferred.completion, placed };
      inferred.clock = {
        ...inferred.clock,
        offset: null,
        matches: placed.matches,
        basis: `no stamps; its records are placed between ${placed.matches} ${basis}`,
        floating: false,
      };
    } else {
      const shift = shiftOf(list, sightings);
      if (!shift) continue;
      const { shift: add, exact, rest } = snap(shift);
      const { completion } = inferred;
      // Spans count from their origin; everything else is shifted by moving its zone.
      inferred.completion = Number.isNaN(completion.origin)
        ? { ...completion, zone: completion.zone - add }
        : { ...completion, origin: completion.origin + add };
      // What no date and zone explain is the clocks' disagreement. A trace is stamped at the call, a capture when the packet
      // passes: where both clocks are one, that small delay is no disagreement.
      const ahead = (us: number) => -(us - shift.best + rest) / 1e6;
      const [min, max] = [ahead(shift.max), ahead(shift.min)];
      const offset = exact
        ? { min: Math.min(min, 0), max: Math.max(max, 0), best: 0 }
        : { min, max, best: -rest / 1e6 };
      if (!exact) disagreements.push(disagreement(source, references[0]!, -rest / 1e6, shift));
      inferred.clock = {
        ...inferred.clock,
        offset,
        matches: shift.matches,
        basis: `${exact ? "date and zone" : "offset"} from ${shift.matches} ${basis}`,
        floating: false,
      };
    }
    inferred.island = undefined;
  }
  nameClocks(clocks);
  return disagreements;
}

/** `clock.offset`: two sources disagree about the time by what neither a date nor a zone explains. */
function disagreement(source: Surveyed, reference: Surveyed, seconds: number, shift: Shift): Event {
  const [own] = shift.pairs[0] ?? [];
  return {
    source: source.source.id,
    line: own?.line ?? 1,
    offset: own?.offset ?? 0,
    length: own?.length ?? 0,
    time: Number.NaN,
    ns: 0,
    latest: Number.NaN,
    action: "clock.offset",
    category: "host",
    fields: {
      "clock.offset_seconds": Math.round(seconds * 1000) / 1000,
      "clock.matches": shift.matches,
      "clock.source": source.source.path,
      "clock.reference": reference.source.path,
    },
    cites: shift.pairs.flat(),
  };
}
