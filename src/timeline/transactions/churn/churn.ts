import type { Event } from "../../../model/event.js";
import { assembled, type Emit } from "../assembled.js";

/** A failure counts as following a change when it begins at most this long after it: µs. */
const AFTER = 5_000_000;
const MAX_KEPT = 50_000;
/** Fewer changes, or a time that is nearly all change, compare with nothing. */
const LEAST_CHANGES = 2;
const LEAST_QUIET = 10_000_000;
const MAX_CITED = 8;

/** Outcomes by which an assembled event says that something did not get through. */
const FAILED: ReadonlySet<unknown> = new Set(["timeout", "unreachable"]);
const LOST: ReadonlySet<unknown> = new Set(["stayed-on-bridge", "not-forwarded", "untranslated", "lost"]);
/** Names of interfaces that come and go with containers. */
const OF_CONTAINER = /^(?:veth|cali|lxc|tap|vnet)/;

/** What is kept of a failure, of which there may be tens of thousands: when it began, µs UTC, and the first record that it cites. */
interface Failure {
  readonly start: number;
  readonly cited: Event | undefined;
}

/**
 * Whether failures follow ports that join and leave bridges: `failures.after_churn`. Compares how many failures begin in the seconds
 * after a change with how many would, were they spread evenly over the time that was observed.
 */
export class Churn {
  /** µs UTC, and the first of them. */
  private changes: number[] = [];
  private first: Event | undefined;
  private readonly bridges = new Set<string>();
  private failures: Failure[] = [];
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  /** A `bridge.port_state` or `link.state`, whose time was observed: counts where a port joins or leaves. */
  change(event: Event): void {
    if (Number.isNaN(event.time) || this.changes.length >= MAX_KEPT || !isChange(event)) return;
    this.changes.push(event.time);
    this.first ??= event;
    const bridge = event.fields["bridge.name"] ?? event.fields["interface.master"];
    if (bridge !== undefined) this.bridges.add(String(bridge));
  }

  /** Something was recorded at `time`, µs UTC. */
  observed(time: number): void {
    if (time < this.from) this.from = time;
    if (time > this.to) this.to = time;
  }

  /** An assembled event: failures of look-ups and packets are kept. */
  outcome(event: Event): void {
    const start = startOf(event);
    if (!isFailure(event) || Number.isNaN(start) || this.failures.length >= MAX_KEPT) return;
    this.failures.push({ start, cited: event.cites?.[0] });
  }

  /** The stream is over. */
  end(emit: Emit): void {
    const { changes, failures } = this;
    this.changes = [];
    this.failures = [];
    if (changes.length < LEAST_CHANGES || failures.length === 0) return;
    const windows = windowsAfter(changes.sort((a, b) => a - b));
    const span = this.to - this.from;
    const changing = windows.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, this.to) - Math.max(from, this.from)),
      0,
    );
    if (span - changing < LEAST_QUIET || changing <= 0) return;
    const within = failures.filter(({ start }) => isIn(windows, start));
    const outside = failures.length - within.length;
    // One failure more outside than there was: a rate of none is not known to be none.
    const ratio = within.length / changing / ((outside + 1) / (span - changing));
    emit(this.told(changes.length, failures, within, ratio));
  }

  private told(
    changes: number,
    failures: readonly Failure[],
    within: readonly Failure[],
    ratio: number,
  ): Event {
    const cites = [this.first!, ...within.flatMap(({ cited }) => cited ?? [])].slice(0, MAX_CITED);
    return assembled(
      "failures.after_churn",
      "network",
      {
        "churn.failures": failures.length,
        "churn.within": within.length,
        "churn.changes": changes,
        "churn.ratio": Math.round(ratio * 10) / 10,
        "bridge.name": [...this.bridges].sort(),
      },
      (within[0] ?? failures[0]!).start,
      this.to,
      cites,
    );
  }
}

function isChange({ action, fields }: Event): boolean {
  if (action === "bridge.port_state") {
    const state = fields["bridge.state"];
    return state === "disabled" || state === "forwarding";
  }
  return fields["interface.deleted"] === true && OF_CONTAINER.test(String(fields["interface.name"]));
}

function isFailure({ action, fields }: Event): boolean {
  if (action === "dns.leg") return FAILED.has(fields["dns.outcome"]);
  return action === "packet.passage" && LOST.has(fields["passage.outcome"]);
}

function startOf(event: Event): number {
  const start = event.fields["event.start"];
  return typeof start === "number" ? start : event.time;
}

/** The time after each change; what overlaps is one. */
function windowsAfter(times: readonly number[]): { from: number; to: number }[] {
  const windows: { from: number; to: number }[] = [];
  for (const time of times) {
    const last = windows[windows.length - 1];
    if (last !== undefined && time <= last.to) last.to = time + AFTER;
    else windows.push({ from: time, to: time + AFTER });
  }
  return windows;
}

/** Whether the time lies in one of the windows, which are in order. */
function isIn(windows: readonly { from: number; to: number }[], time: number): boolean {
  let low = 0;
  let high = windows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { from, to } = windows[middle]!;
    if (time < from) high = middle - 1;
    else if (time > to) low = middle + 1;
    else return true;
  }
  return false;
}
