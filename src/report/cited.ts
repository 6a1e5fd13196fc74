import type { Event } from "../model/event.js";
import type { Finding } from "../model/finding.js";
import type { TimelineEntry } from "./contract.js";
import type { Placing } from "./placing.js";

interface Cited {
  event: Event;
  findingIds: string[];
}

/** Orders numbers with NaN last. */
export function byNumber(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The records that findings cite, each once however many findings cite it. */
function collect(findings: readonly Finding[]): Cited[] {
  const byPlace = new Map<string, Cited>();
  for (const finding of findings) {
    for (const event of finding.evidence) {
      // Several events can come from one record (a sendmmsg of two questions): still one record.
      const place = `${event.source}:${event.offset}:${event.line}`;
      const cited = byPlace.get(place);
      if (!cited) byPlace.set(place, { event, findingIds: [finding.id] });
      else if (!cited.findingIds.includes(finding.id)) cited.findingIds.push(finding.id);
    }
  }
  return [...byPlace.values()];
}

/**
 * The events that matter, in order: those with a date by time, then, source by source, those whose date or time is
 * unknown in the order of their file.
 */
export function citedTimeline(findings: readonly Finding[], placing: Placing): TimelineEntry[] {
  const dated = (event: Event) => (placing.isDated(event) ? 0 : 1);
  return collect(findings)
    .sort(
      ({ event: a }, { event: b }) =>
        dated(a) - dated(b) ||
        (placing.isDated(a) ? byNumber(a.time, b.time) || byNumber(a.ns, b.ns) : 0) ||
        a.source - b.source ||
        a.offset - b.offset ||
        a.line - b.line,
    )
    .map(({ event, findingIds }) => {
      const { time, stamp, source, line, action, text, time_of_day, elapsed } = placing.evidence(event);
      const point = time === null || typeof time === "string";
      return {
        time: point ? time : time.earliest,
        latest: point ? time : time.latest,
        ...(time_of_day === undefined ? {} : { time_of_day }),
        ...(elapsed === undefined ? {} : { elapsed }),
        ...(stamp === undefined ? {} : { stamp }),
        source,
        line,
        action,
        text,
        findingIds,
      };
    });
}
