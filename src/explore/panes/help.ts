import type { Page } from "../../report/page.js";
import { padEnd } from "../../report/width.js";
import { span } from "../line.js";
import { type Pane, Sheet } from "../pane.js";

/** All keys, by where they work. docs/EXPLORE.md has the same table. */
export const KEYS: readonly { title: string; keys: readonly (readonly [keys: string, what: string])[] }[] = [
  {
    title: "EVERYWHERE",
    keys: [
      ["1 to 6", "story, timeline, findings, evidence, sources and clocks, missing"],
      ["Tab, Shift-Tab", "the next view, the one before"],
      ["Enter", "open what is chosen"],
      ["Esc, Backspace", "back to where that was opened"],
      ["/ text, n, N", "search; the next match, the one before"],
      ["f", "filter by severity, source and action"],
      ["& text", "show only what holds a text"],
      ["c", "show everything again"],
      ["t", "show the chosen finding or record on the timeline"],
      ["e", "write the report to a file: .html, .md, .json"],
      ["?", "this list"],
      ["q", "close; quit from a view. Ctrl-C quits at once, Ctrl-Z suspends"],
    ],
  },
  {
    title: "LISTS AND TEXTS",
    keys: [
      ["j k, arrows", "one line down, up"],
      ["PgDn PgUp, Space b", "one screen down, up"],
      ["d u", "half a screen down, up"],
      ["g G, Home End", "first line, last line"],
      ["} {", "next paragraph or step, the one before"],
    ],
  },
  {
    title: "TIMELINE",
    keys: [
      ["h l, arrows", "one column earlier, later"],
      ["j k, arrows", "next lane, the lane before"],
      ["w b", "next event in this lane, the one before"],
      ["+ -", "nearer, farther: down to nanoseconds, up to days"],
      ["0", "everything"],
      ["z", "frame what lies under the cursor"],
      ["H L, PgUp PgDn", "half a screen earlier, later"],
      ["g G, Home End", "to the beginning, to the end"],
      ["v", "lanes by source, container, bridge, resolver, registry or host"],
      ["Enter", "open what lies under the cursor"],
    ],
  },
  {
    title: "MOUSE",
    keys: [
      ["click", "choose; again: open"],
      ["wheel", "scroll; on the timeline nearer and farther"],
      ["Shift-click", "most terminals: choose text, as without this program"],
    ],
  },
];

export function helpPane(page: Page): Pane {
  const sheet = new Sheet(page);
  for (const { title, keys } of KEYS) {
    sheet.heading(title);
    for (const [names, what] of keys) {
      const [first = "", ...rest] = page.block(what, 24, 3);
      sheet.line([span(`  ${padEnd(page.show(names), 22)}`, "bold"), span(first.slice(24))]);
      for (const line of rest) sheet.line([span(line)]);
    }
  }
  return { title: "Keys", rows: sheet.rows };
}
