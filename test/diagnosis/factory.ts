import type { Event } from "../../src/model/event.js";
import type { Finding } from "../../src/model/finding.js";

/** A second in the year 2026, in µs. */
export const T0 = 1_772_445_600_000_000;
export const seconds = (count: number): number => T0 + count * 1e6;

export function event(time: number, category = "network"): Event {
  return {
    source: 0,
    line: 1,
    offset: 0,
    length: 1,
    time,
    ns: 0,
    latest: time,
    action: "x",
    category,
    fields: {},
  };
}

/** A finding with sensible defaults: `id` is `rule-1` unless given; it lies at `at` seconds (NaN: unplaced). */
export function finding(rule: string, given: Partial<Finding> & { at?: number } = {}): Finding {
  const { at = 0, ...rest } = given;
  const from = Number.isNaN(at) ? Number.NaN : seconds(at);
  return {
    id: `${rule}-1`,
    rule,
    severity: "high",
    title: rule,
    summary: rule,
    confidence: 0.9,
    from,
    latestFrom: from,
    to: from,
    count: 1,
    entities: {},
    causedBy: [],
    evidence: [event(from)],
    remediation: [],
    verify: [],
    ...rest,
  };
}
