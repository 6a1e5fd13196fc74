import type { Event } from "../../../model/event.js";
import { number } from "../assembled.js";
import { onSocketError } from "./errors.js";
import { isAnswered, isUndelivered, type Leg, newLeg } from "./leg.js";
import { processOf, traceOf } from "./sightings.js";
import { FEW_TRACED } from "./traced-question.js";

const MAX_PROCESSES = 10_000;
const MAX_PER_PROCESS = 64;
/** So few legs are not worth going through, though they be decided. */
const FEW_LEGS = 8;
/** Shorter waits are polling, not a client's patience. */
const LEAST_TIMEOUT_MS = 900;

/** The open legs of each traced process: what its waits and errors, which name a server, refer to. */
export class Traces {
  private readonly byProcess = new Map<string, Leg[]>();

  /** Remembers a leg whose ask the trace of `process` shows. */
  add(process: string, leg: Leg): void {
    const legs = this.byProcess.get(process);
    if (legs === undefined) {
      if (this.byProcess.size >= MAX_PROCESSES) this.byProcess.delete(this.byProcess.keys().next().value!);
      this.byProcess.set(process, [leg]);
      return;
    }
    legs.push(leg);
    if (legs.length <= FEW_LEGS) return;
    // What is answered or closed stays so, and nobody asks for it: hundreds of processes would keep thousands of packets for nothing.
    const open = legs.filter(isOpen);
    const most = open.length > MAX_PER_PROCESS ? MAX_PER_PROCESS / 2 : open.length;
    legs.splice(0, legs.length, ...open.slice(-most));
  }

  /** The leg that the process asked last, of those that may still be open. */
  newestOf(process: string): Leg | undefined {
    return this.byProcess.get(process)?.at(-1);
  }

  /** Is the process known, and do few of its legs wait for an answer? */
  hasFewOf(process: string): boolean {
    const legs = this.byProcess.get(process);
    if (legs === undefined) return false;
    let open = 0;
    for (const leg of legs) if (isOpen(leg)) open++;
    return open <= FEW_TRACED;
  }

  /**
   * Ends the legs that a `dns.wait_timeout` waited for. When the ask itself is not in the trace (attached late, or only
   * waits were traced), the wait alone proves one: those legs are given back, for the caller to take in.
   */
  waitedInVain(event: Event): Leg[] {
    const waitMs = number(event, "dns.wait.timeout_ms");
    if (waitMs !== undefined && waitMs < LEAST_TIMEOUT_MS) return [];
    const ids = numbers(event.fields["dns.id"]);
    const legs = this.openLegs(event).filter(
      (leg) => !leg.waited && (ids.length === 0 || leg.id < 0 || ids.includes(leg.id)),
    );
    const unseen = legs.length > 0 ? [] : legsOfWait(event, ids);
    for (const leg of [...legs, ...unseen]) {
      leg.waited = true;
      leg.waitMs = waitMs;
      leg.gaveUp = endOfWait(event, leg, waitMs);
      leg.proof = [event, ...leg.proof];
    }
    return unseen;
  }

  /** Notes what a failed system call on a DNS socket means. */
  failed(event: Event): void {
    if (event.fields["destination.port"] !== 53) return;
    for (const leg of this.openLegs(event)) onSocketError(event, leg);
  }

  private openLegs(event: Event): Leg[] {
    const process = processOf(event) ?? traceOf(event) + ":" + String(event.fields["process.pid"] ?? "");
    const server = event.fields["destination.ip"];
    return (this.byProcess.get(process) ?? []).filter(
      (leg) => isOpen(leg) && (server === undefined || leg.server === server),
    );
  }
}

/** An answer that was seen to come back to the host alone ends no wait. */
const isOpen = (leg: Leg): boolean => !leg.closed && (!isAnswered(leg) || isUndelivered(leg));

/** strace stamps a call's entry; the end of the wait is that plus its length, whichever of the two is shown. */
function endOfWait(event: Event, leg: Leg, waitMs: number | undefined): number {
  const duration = number(event, "event.duration");
  const length = duration !== undefined ? duration / 1000 : (waitMs ?? 0) * 1000;
  return Math.max(event.time, leg.asked + length);
}

function legsOfWait(event: Event, ids: readonly number[]): Leg[] {
  const process = processOf(event) ?? traceOf(event) + ":" + String(event.fields["process.pid"] ?? "");
  const server = event.fields["destination.ip"];
  const type = event.fields["dns.question.type"];
  const types: readonly (string | number | undefined)[] = Array.isArray(type)
    ? type
    : [type as string | undefined];
  return Array.from({ length: Math.min(Math.max(ids.length, types.length, 1), 8) }, (_, index) => ({
    ...newLeg(event, typeof server === "string" ? server : undefined, process),
    id: ids[index] ?? -1,
    type: types[index] === undefined ? undefined : String(types[index]),
  }));
}

function numbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];
}
