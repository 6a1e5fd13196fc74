import type { Finding } from "../model/finding.js";

const UNITS: Record<string, number> = { us: 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6, d: 86400e6 };
const HOUR = 3600e6;
/** How long after the beginning of a transaction what spoils it may begin: µs. */
const GRACE = 5e6;
/**
 * Happenings that tell of a state which may have begun long before: docker learns of lost chains at its next own change, and warns of a
 * setting of the kernel whenever somebody asks it for something.
 */
const TELLS_STATE: ReadonlySet<string> = new Set(["iptables.error", "docker.warning"]);

/** Times below this (µs; the year 1971) are a time of day on a clock whose date is unknown. */
const FLOATING_BELOW = 365 * 86400e6;

/**
 * Length of a rule's `within` in µs: `30s`, `5m`, `250ms`, a number of µs; an hour when absent or not understood
 * (rule files are checked when they are loaded).
 */
export function withinMicros(within: string | number | undefined): number {
  if (typeof within === "number") return within;
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h|d)$/.exec(within ?? "");
  return match === null ? HOUR : Number(match[1]) * UNITS[match[2]!]!;
}

/** How two findings lie in time: the cause comes first, can come first, certainly does not, or it cannot be known. */
export type Order = "certain" | "possible" | "impossible" | "unknown";

/**
 * Whether `cause` can have brought about `effect`. It is ruled out only where the intervals rule it out: the cause's
 * earliest sign lies after the effect was there for certain, or the effect began more than `within` µs after the cause's last sign.
 * Without a time, or with a date on one side only, the order is unknown. It is certain where all of the cause's interval lies before the
 * effect's.
 */
export function orderOf(cause: Finding, effect: Finding, within: number): Order {
  if (!comparable(cause, effect)) return "unknown";
  if (firstSign(cause) > certainBy(effect)) return "impossible";
  if (effect.from - lastSign(cause) > within) return "impossible";
  return begunBy(cause) <= effect.from ? "certain" : "possible";
}

/** Whether two findings lie no more than `within` µs apart, or overlap. False when that cannot be known. */
export function areNear(a: Finding, b: Finding, within: number): boolean {
  return comparable(a, b) && a.from - lastSign(b) <= within && b.from - lastSign(a) <= within;
}

/**
 * Whether a finding tells a state rather than a happening: all its proof is configuration (a resolv.conf, a rule
 * listing, a complaint that a rule is not there). Its time says when the state was seen, not since when it held.
 */
export function isStanding(finding: Finding): boolean {
  return (
    finding.evidence.length > 0 &&
    finding.evidence.every((event) => event.category === "configuration" || TELLS_STATE.has(event.action))
  );
}

/** Order for sorting by time, unplaced last: negative when `a` comes first. */
export function compareTimes(a: Finding, b: Finding): number {
  const [x, y] = [a.from, b.from];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return x - y;
}

function comparable(a: Finding, b: Finding): boolean {
  if (Number.isNaN(a.from) || Number.isNaN(b.from)) return false;
  return a.from < FLOATING_BELOW === b.from < FLOATING_BELOW;
}

/** An assembled event is stamped at its end; the raw records that prove it begin earlier. */
function firstSign(finding: Finding): number {
  const first = finding.evidence[0]?.time ?? Number.NaN;
  return Number.isNaN(first) || first < FLOATING_BELOW !== finding.from < FLOATING_BELOW
    ? finding.from
    : Math.min(first, finding.from);
}

/** The moment by which a cause was at work for certain: with its first record, unless the beginning is an interval. */
function begunBy(finding: Finding): number {
  return finding.latestFrom > finding.from ? finding.latestFrom : firstSign(finding);
}

function lastSign(finding: Finding): number {
  return Number.isNaN(finding.to) ? finding.from : Math.max(finding.from, finding.to);
}

/**
 * The moment from which the effect is there. A match begins where its transaction begins (a pull with its first
 * attempt) and is a failure only at its end: known for a single match; of several the first one's end is not, and gets the grace.
 */
function certainBy(finding: Finding): number {
  const begin = Number.isNaN(finding.latestFrom) ? finding.from : Math.max(finding.from, finding.latestFrom);
  const end = finding.count === 1 ? lastSign(finding) : Math.min(lastSign(finding), begin + GRACE);
  return Math.max(begin, end);
}
