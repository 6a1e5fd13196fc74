import type { Severity } from "../../model/finding.js";
import type { ReportEvidence } from "../../report/contract.js";
import type { Page } from "../../report/page.js";
import { placeOf } from "../../report/view.js";
import { displayWidth, padEnd } from "../../report/width.js";
import { type Line, type Style, span } from "../line.js";
import type { Row } from "../pane.js";

/** What panes share: how grave things look, and how records are quoted. */

const LOOK: Record<Severity, Style[]> = {
  critical: ["red", "bold"],
  high: ["red", "bold"],
  medium: ["yellow"],
  low: [],
  informational: ["dim"],
};
export const severityLook = (severity: Severity): Style[] => LOOK[severity];

/** Severities in words of one width. */
export const severityCell = (severity: Severity): string =>
  severity === "informational" ? "info    " : severity.padEnd(8);

/** Records as rows, each opening itself: where each stands, and what of it fits. */
export function recordRows(
  page: Page,
  records: readonly ReportEvidence[],
  indent: number,
  times?: string[],
): Row[] {
  const places = records.map((record) => page.fitEnd(placeOf(record), Math.floor(page.width / 3)));
  const placeWidth = Math.max(0, ...places.map(displayWidth));
  const timeWidth = Math.max(0, ...(times ?? []).map(displayWidth));
  const room = page.width - indent - placeWidth - 2 - (times ? timeWidth + 2 : 0);
  return records.map((record, i) => {
    const line: Line = [
      span(" ".repeat(indent)),
      ...(times ? [span(`${padEnd(times[i]!, timeWidth)}  `)] : []),
      span(padEnd(places[i]!, placeWidth), "cyan"),
      span(`  ${page.quote(record.text, Math.max(8, room))}`),
    ];
    return {
      line,
      target: { kind: "record", source: record.source, line: record.line },
      find: `${placeOf(record)} ${record.action} ${record.text}`,
    };
  });
}
