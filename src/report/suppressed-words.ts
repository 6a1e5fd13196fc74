import type { ReportSuppressed } from "./contract.js";
import { counted } from "./page.js";
import { placeOf } from "./view.js";

/** What the words need to know of a finding that was taken out. */
type Told = Pick<ReportSuppressed, "rule" | "reason" | "until" | "path" | "line">;

/** What one line of the project file takes out: `.hindcast.yaml:4: 1 finding of clock-skew suppressed (until 2026-12-31): the lab has no NTP`. */
export function suppressedSentences(suppressed: readonly Told[] = []): string[] {
  const byLine = new Map<string, Told[]>();
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
