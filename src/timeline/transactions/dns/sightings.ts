import type { Event } from "../../../model/event.js";
import { partyOf } from "../party.js";
import { isDefinitive, rcodeOf } from "./emit.js";
import { isAnswered, isUndelivered, type Leg } from "./leg.js";
import { COPY_SPAN, LOOKUP_SPAN, PARALLEL, SAME_MOMENT } from "./timing.js";

/** What a sighting of an ask is to a leg that is already known. */
export type Sighting = "copy" | "resend" | "other";

/** `source:pid` of a traced process, `undefined` for packets. */
export function processOf(event: Event): string | undefined {
  const fields = event.fields;
  if (fields["strace.call"] === undefined) return undefined;
  return traceOf(event) + ":" + String(fields["process.pid"] ?? fields["process.thread.id"] ?? "");
}

/** Where processes are told apart by their numbers: the trace's file, or all files of one trace. */
export const traceOf = ({ source, fields }: Event): string | number =>
  (fields["strace.set"] as string | undefined) ?? source;

/**
 * Whether `event` asks again what `leg` asked: a copy of the same packet (another interface, another capture, the
 * client's strace, NAT), a quick re-send, or something else. The question and the server already agree.
 */
export function sightingOf(leg: Leg, event: Event, process: string | undefined): Sighting {
  if (process !== undefined && leg.process !== undefined) {
    if (process !== leg.process || isAnswered(leg) || leg.waited) return "other";
    return event.time - leg.asked > COPY_SPAN ? "other" : "resend";
  }
  if (!(distance(leg, event) < COPY_SPAN)) return "other";
  if (process !== undefined || leg.packetSource < 0) return "copy";
  const first = leg.asks[0]!;
  if (!sameVantage(first, event)) return "copy";
  const client = partyOf(event, "source");
  const gap = event.time - leg.asked;
  if (client !== leg.clients[0]) {
    // One vantage cannot show a packet before and after NAT, unless the capture does not say what the vantage is.
    return first.fields["interface.name"] === undefined && first.fields["interface.id"] === undefined
      ? "copy"
      : "other";
  }
  if (gap < SAME_MOMENT) return "copy";
  return isAnswered(leg) && event.time > leg.answered ? "other" : "resend";
}

/** µs between the ask and the leg's newest copy, zero when their intervals touch. */
function distance(leg: Leg, event: Event): number {
  const before = leg.copied - event.latest;
  const after = event.time - Math.max(leg.copied, leg.asks[0]!.latest);
  return Math.max(0, before, after);
}

/** Whether two packets were seen at the same place: capture, interface and direction. */
export function sameVantage(a: Event, b: Event): boolean {
  return (
    a.source === b.source &&
    a.fields["interface.name"] === b.fields["interface.name"] &&
    a.fields["interface.id"] === b.fields["interface.id"] &&
    a.fields["packet.direction"] === b.fields["packet.direction"]
  );
}

/**
 * Whether an ask of the same id, name and type belongs to the look-up of `leg`: the same client asks another server, or
 * asks again. A question that is settled is not asked again; a later ask is a new look-up (some programs never
 * change their id).
 */
export function sameLookup(
  leg: Leg,
  event: Event,
  server: string | undefined,
  process: string | undefined,
): boolean {
  const gap = event.time - leg.asked;
  if (process !== undefined && leg.process !== undefined) {
    if (process !== leg.process) return false;
  } else {
    const client = partyOf(event, "source");
    if (client !== undefined && leg.clients.length > 0 && !leg.clients.includes(client)) return false;
    if (isLoopback(server) !== isLoopback(leg.server)) return false;
    if (Number.isNaN(gap)) return false;
  }
  if (gap > LOOKUP_SPAN) return false;
  const settled = isAnswered(leg) && isDefinitive(rcodeOf(leg)) && !leg.waited && !isUndelivered(leg);
  return !settled || Math.abs(gap) < PARALLEL || leg.gaveUp <= leg.answered;
}

/** A forwarder on the loopback (127.0.0.11, 127.0.0.53) passes a question on: that is another look-up. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address.startsWith("127.") || address === "::1");
}
