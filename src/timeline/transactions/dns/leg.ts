import type { Event } from "../../../model/event.js";
import type { Emit } from "../assembled.js";
import { partyOf } from "../party.js";

/** How one question to one server went. */
export type LegOutcome = "answered" | "late" | "timeout" | "refused" | "unreachable" | "unknown";

/**
 * One question to one server: the ask with all its copies (interfaces, captures, the client's strace) and what
 * came of it. Times are µs UTC, NaN when unplaced or when it has not happened.
 */
export interface Leg {
  /** Transaction id; -1 when the evidence does not show it. */
  readonly id: number;
  name: string | undefined;
  /** strace cut the name: it is only the beginning. */
  nameCut: boolean;
  type: string | undefined;
  readonly server: string | undefined;
  /** Addresses that the ask was seen from: the client's own, then what NAT made of it. */
  readonly clients: string[];
  /** The client's port as first seen; 0 when unknown. */
  port: number;
  /** The client's process, `source:pid`, when its strace shows the ask. */
  process: string | undefined;
  /** Source of the first packet copy; -1 when there is none. */
  packetSource: number;
  asked: number;
  /** `asked` is a moment: not merely the earliest that a trace without stamps allows. */
  exact: boolean;
  /** Time of the newest copy. */
  copied: number;
  sends: number;
  readonly asks: Event[];
  answered: number;
  answer: Event | undefined;
  /** An answer was seen on its way to the client itself, behind NAT: not only to the address that NAT gave it. */
  delivered: boolean;
  /** When the client turned to another ask, or its wait ended. */
  gaveUp: number;
  /** The client was seen to wait in vain. */
  waited: boolean;
  waitMs: number | undefined;
  /** What an ICMP error or a failed system call said at once. */
  error: "refused" | "unreachable" | undefined;
  errorCode: string | undefined;
  /** The client's host answered the answer with ICMP port unreachable: its socket was gone. */
  unwanted: boolean;
  /** Asked in the same moment as another server. */
  parallel: boolean;
  /** The question of the other address family that the same socket asked in the same moment. */
  twin: Leg | undefined;
  /** Answers that came to its socket from its server with another id or question: nobody takes them. */
  strays: number;
  stray: Event | undefined;
  /** What proves the end when that is no answer: a wait, an ICMP error, the next ask. */
  proof: readonly Event[];
  /** What programs said of it, each a `dns.leg` of its own if it says something else in the end. */
  words: readonly Event[];
  lookup: Lookup | undefined;
  closed: boolean;
  /** Next leg with this id (newest first), and the leg before this one on the same client port. */
  next: Leg | undefined;
  prevOnPort: Leg | undefined;
}

/** All legs of one client's look-up of one name and type, in the order asked. */
export interface Lookup {
  readonly legs: Leg[];
  /** Key under which it waits for an ask with another id, `undefined` when it does not. */
  waitingAs: string | undefined;
  /** The client under which it waits. */
  waitingOf: string;
  /** Last time to which its end was put off for want of coverage. */
  closed: boolean;
}

/**
 * Told every leg when it is over: its copies show the packet's way.
 *
 * @param undelivered its answer came back to the host and did not reach the client
 */
export type OnSettled = (leg: Leg, emit: Emit, undelivered: boolean) => void;

/** Shared by all legs that end with their answer: a busy capture keeps tens of thousands of legs at once. */
const NO_PROOF: readonly Event[] = [];

/** A leg as its first ask shows it. */
export function newLeg(event: Event, server: string | undefined, process: string | undefined): Leg {
  const fields = event.fields;
  const client = partyOf(event, "source");
  const port = fields["source.port"];
  const id = fields["dns.id"];
  return {
    id: typeof id === "number" ? id : -1,
    name: fields["dns.question.name"] as string | undefined,
    nameCut: fields["dns.question.name_cut"] === true,
    type: fields["dns.question.type"] as string | undefined,
    server,
    clients: typeof client === "string" ? [client] : [],
    port: typeof port === "number" ? port : 0,
    process,
    packetSource: process === undefined ? event.source : -1,
    asked: event.time,
    exact: isExact(event),
    copied: event.time,
    sends: 1,
    asks: [event],
    answered: NaN,
    answer: undefined,
    delivered: false,
    gaveUp: NaN,
    waited: false,
    waitMs: undefined,
    error: undefined,
    errorCode: undefined,
    unwanted: false,
    parallel: false,
    twin: undefined,
    strays: 0,
    stray: undefined,
    proof: NO_PROOF,
    words: NO_PROOF,
    lookup: undefined,
    closed: false,
    next: undefined,
    prevOnPort: undefined,
  };
}

/** Placed between two others, a record without a stamp can be off by seconds; a stamp's own grain does not matter here. */
export function isExact(event: Event): boolean {
  return event.latest - event.time < 10_000;
}

/** Whether a leg has got an answer of any kind. */
export function isAnswered(leg: Leg): boolean {
  return leg.answer !== undefined;
}

/** The answer was seen to come back to the address that NAT gave the ask, but not to go on to the client. */
export function isUndelivered(leg: Leg): boolean {
  return isAnswered(leg) && !leg.delivered && leg.clients.length > 1;
}

/** Whether two sightings can be of one question: names and types agree as far as both are known. */
export function sameQuestion(
  leg: Leg,
  name: string | undefined,
  cut: boolean,
  type: string | undefined,
): boolean {
  if (leg.type !== type && leg.type !== undefined && type !== undefined) return false;
  if (leg.name === name || leg.name === undefined || name === undefined) return true;
  if (leg.nameCut) return name.startsWith(leg.name);
  return cut && leg.name.startsWith(name);
}
