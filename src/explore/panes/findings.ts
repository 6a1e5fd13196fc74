import { grouped } from "../../report/page.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { showsFinding } from "../filter.js";
import { span } from "../line.js";
import type { Look, Pane } from "../pane.js";
import { severityCell, severityLook } from "./look.js";

/** All findings that the filter shows, one line each, in the report's order: root causes first, then by severity and time. */
export function findingsPane({ subject, page, filter }: Look): Pane {
  const { findings, rootCauses } = subject.study.report;
  const shown = findings.filter((finding) => showsFinding(filter, finding));
  const roots = new Set(rootCauses);
  const times = shown.map(({ from, time_of_day: day, elapsed }) =>
    page.show(
      subject.clock.when(from, {
        ...(day && { time_of_day: day.from }),
        ...(elapsed && { elapsed: elapsed.from }),
      }),
    ),
  );
  const width = Math.max(0, ...times.map(displayWidth));
  const mark = page.utf8 ? "◆ " : "# ";
  return {
    title: shown.length === findings.length ? "Findings" : `Findings: ${shown.length} of ${findings.length}`,
    rows: shown.map((finding, i) => {
      const many = finding.count > 1 ? ` ${page.glyph.times}${grouped(finding.count)}` : "";
      const sure = `${Math.round(finding.confidence * 100)} %`.padStart(6);
      const used = 2 + 10 + width + 2 + displayWidth(many) + sure.length;
      return {
        line: [
          span(roots.has(finding.id) ? mark : "  ", "bold"),
          span(`${severityCell(finding.severity)}  `, ...severityLook(finding.severity)),
          span(`${padEnd(times[i]!, width)}  `),
          span(padEnd(page.fit(finding.summary || finding.title, page.width - used), page.width - used)),
          span(many, "dim"),
          span(sure, "dim"),
        ],
        target: { kind: "finding", id: finding.id },
        find: `${finding.title} ${finding.summary} ${finding.rule}`,
      };
    }),
  };
}
