import type { TimelineEntry } from "../../report/contract.js";
import type { When } from "../../report/times.js";
import { placeOf } from "../../report/view.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { showsRecord } from "../filter.js";
import { span } from "../line.js";
import type { Look, Pane } from "../pane.js";

/** The records that findings cite, in the order in which they happened. */
export function evidencePane({ subject, page, filter }: Look): Pane {
  const { timeline } = subject.study.report;
  const shown = timeline.filter((entry) => showsRecord(filter, subject, entry));
  const times = shown.map((entry) => page.show(subject.clock.when(whenOf(entry), entry, 6)));
  const places = shown.map((entry) => page.fitEnd(placeOf(entry), Math.floor(page.width / 4)));
  const timeWidth = Math.max(0, ...times.map(displayWidth));
  const placeWidth = Math.max(0, ...places.map(displayWidth));
  const room = Math.max(8, page.width - timeWidth - placeWidth - 6);
  return {
    title: shown.length === timeline.length ? "Evidence" : `Evidence: ${shown.length} of ${timeline.length}`,
    rows: shown.map((entry, i) => ({
      line: [
        span(`  ${padEnd(times[i]!, timeWidth)}  `),
        span(padEnd(places[i]!, placeWidth), "cyan"),
        span(`  ${page.quote(entry.text, room)}`),
      ],
      target: { kind: "record", source: entry.source, line: entry.line },
      find: `${placeOf(entry)} ${entry.action} ${entry.text}`,
    })),
  };
}

const whenOf = ({ time, latest }: TimelineEntry): When =>
  time === null || latest === null || latest === time ? time : { earliest: time, latest };
