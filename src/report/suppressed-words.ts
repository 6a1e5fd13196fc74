import type { Report, ReportSuppressed } from "./contract.js";
import { counted } from "./page.js";
import { placeOf } from "./view.js";

/** What one line of the project file takes out: `.hindcast.yaml:4: 1 finding of clock-skew suppressed (until 2026-12-31): the lab has no NTP`. */
export function suppressedSentences({ suppressed = [] }: Report): string[] {
  const byLine = new Map<string, ReportSuppressed[]>();
  for (const one of suppressed) {
    const place = placeOf({ source: one.path, line: one.line });
    const own = byLine.get(place);
    if (own) own.push(one);
    else byLine.set(place, [one]);
  }
  return [...byLine].map(([place, all]) => {
    const { rule, until, reason } = all[0]!;
    const end = until === undefined ? "" : ` (until ${until})`;
    return `${place}: ${counted(all.length, "finding")} of ${rule} suppressed${end}: ${reason}`;
  });
}
