import { SEVERITIES } from "../../model/finding.js";
import { grouped } from "../../report/page.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { EVERYTHING, type Filter } from "../filter.js";
import { span } from "../line.js";
import { type Look, type Pane, Sheet } from "../pane.js";
import type { Subject } from "../subject.js";
import { severityLook } from "./look.js";

/** The filter as a list to choose from: how grave findings must be, and which sources and kinds of events are shown. */
export function filterPane(look: Look): Pane {
  const { subject, page, filter } = look;
  const sheet = new Sheet(page);
  sheet.heading("SEVERITY", "findings at least so grave");
  for (const severity of [...SEVERITIES].reverse()) {
    const chosen = filter.severity === severity;
    sheet.line([span(`  ${chosen ? "(x)" : "( )"} `), span(severity, ...severityLook(severity))], {
      filter: { ...filter, severity },
    });
  }
  const sources = new Map(subject.study.report.sources.map(({ path, records }) => [path, records]));
  choiceRows(sheet, look, "SOURCES", sources, "hiddenSources");
  choiceRows(sheet, look, "ACTIONS", actionsOf(subject), "hiddenActions");
  sheet.blank();
  sheet.line([span("  show everything", "bold")], { filter: EVERYTHING });
  return { title: "Filter", rows: sheet.rows };
}

function choiceRows(
  sheet: Sheet,
  { page, filter }: Look,
  title: string,
  counts: ReadonlyMap<string, number>,
  hidden: "hiddenSources" | "hiddenActions",
): void {
  if (counts.size > 0) sheet.heading(title, "o: only this one");
  const names = [...counts.keys()];
  const shown = names.map((name) => page.fitEnd(name, page.width - 24));
  const width = Math.max(0, ...shown.map(displayWidth));
  names.forEach((name, i) => {
    const isHidden = filter[hidden].has(name);
    sheet.line(
      [
        span(`  ${isHidden ? "[ ]" : "[x]"} `),
        span(padEnd(shown[i]!, width), ...(isHidden ? (["dim"] as const) : [])),
        span(grouped(counts.get(name)!).padStart(14), "dim"),
      ],
      {
        find: name,
        filter: { ...filter, [hidden]: toggled(filter[hidden], name) },
        only: { ...filter, [hidden]: new Set(names.filter((other) => other !== name)) } satisfies Filter,
      },
    );
  });
}

function toggled(hidden: ReadonlySet<string>, name: string): Set<string> {
  const changed = new Set(hidden);
  if (!changed.delete(name)) changed.add(name);
  return changed;
}

/** The kinds of events that are kept one by one, most of them first. */
function actionsOf({ study }: Subject): Map<string, number> {
  const counts = new Map<string, number>();
  const count = ({ action }: { action: string }) => counts.set(action, (counts.get(action) ?? 0) + 1);
  study.picture.bars.forEach(count);
  study.picture.marks.forEach(count);
  for (const entry of study.report.timeline) if (!counts.has(entry.action)) count(entry);
  return new Map([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}
