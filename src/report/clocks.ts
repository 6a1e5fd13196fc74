import type { Report } from "./contract.js";
import { harmlessJson } from "./json.js";

export const CLOCKS_SCHEMA = "hindcast.clocks/1";

/** What `hindcast clocks` prints: the clocks of a report, and what else it says about time. Its parts are those of the report. */
export interface ClocksReport
  extends Pick<Report, "version" | "summary" | "aligned" | "clocks" | "problems"> {
  schema: typeof CLOCKS_SCHEMA;
  /** Findings about clocks: records of several sources that contradict each other, clocks that were set. */
  findings: Report["findings"];
  /** Of these, what the project file takes out; absent: none. */
  suppressed?: Report["suppressed"];
}

/** Rules about time itself. */
export const isAboutClocks = (rule: string): boolean => rule.startsWith("clock-");

/** The part of a report that is about clocks. */
export const clocksOf = ({
  version,
  summary,
  aligned,
  clocks,
  findings,
  suppressed,
  problems,
}: Report): ClocksReport => ({
  schema: CLOCKS_SCHEMA,
  version,
  summary,
  ...(aligned === false && { aligned }),
  clocks,
  findings: findings.filter(({ rule }) => isAboutClocks(rule)),
  ...(suppressed?.some(({ rule }) => isAboutClocks(rule)) && {
    suppressed: suppressed.filter(({ rule }) => isAboutClocks(rule)),
  }),
  problems,
});

/** As one JSON document, indented by two blanks, with a newline at the end. */
export const renderClocksJson = (report: ClocksReport): string => `${harmlessJson(report, 2)}\n`;
