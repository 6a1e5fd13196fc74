import type { Event } from "../../../model/event.js";
import { assembled, MAX_CITES } from "../assembled.js";
import type { Link } from "../linked.js";
import { type Daemon, daemonOf } from "./said.js";

/** One pull or push of a daemon, as far as it has been seen. Times µs UTC, NaN when unplaced. */
export interface Pull extends Link<Pull> {
  readonly source: number;
  readonly daemon: Daemon;
  operation: string | undefined;
  /** As the evidence writes it, and reduced for comparison. */
  repository: string | undefined;
  /** What the last word calls it, where that differs: old engines leave out the registry there. */
  calledAtLast: string | undefined;
  key: string | undefined;
  tag: string | undefined;
  /** As the evidence writes it, and one name for each registry. */
  host: string | undefined;
  registry: string | undefined;
  /** API versions in the order tried. */
  readonly versions: string[];
  /** v2 was tried, and its success or its error has not been told. */
  awaitsV2: boolean;
  v2Error: Event | undefined;
  v2Kind: string | undefined;
  v2Message: string | undefined;
  /** The error of v2 only says that the registry speaks no TLS, and its HTTP endpoint was tried after it: what that one says counts more. */
  v2ErrorIsRoutine: boolean;
  /** v2 failed, then v1 was tried. */
  fallback: boolean;
  /** The daemon or runtime said that it goes on to the next host. */
  wentOn: boolean;
  /** The same pull at the registry that it went on to: how that ended, it ended. */
  goesOnIn: Pull | undefined;
  /** An engine that knows v1 says that it goes on to the next endpoint; until a further v2 attempt is seen, that may be v1. */
  movedOn: boolean;
  outcome: "ok" | "failed" | "unknown";
  message: string | undefined;
  kind: string | undefined;
  readonly started: number;
  last: number;
  /** Nothing more is to come of it, but a last word. */
  over: boolean;
  /** Each `event.action` that said that it failed: the same failure is told again in other words. */
  readonly failedBy: string[];
  readonly cites: Event[];
  /** v2 gave its manifest and nothing failed since, when last heard of. */
  isWell: boolean;
  /** It has not been closed. */
  isOpen: boolean;
  /** Until when it stands in line to be closed, as it was when it came there: µs UTC, NaN while it does not. Only the line sets it. */
  lined: number;
}

/** A pull that begins with `event`. */
export function newPull(event: Event): Pull {
  return {
    source: event.source,
    daemon: daemonOf(event),
    operation: undefined,
    repository: undefined,
    calledAtLast: undefined,
    key: undefined,
    tag: undefined,
    host: undefined,
    registry: undefined,
    versions: [],
    awaitsV2: false,
    v2Error: undefined,
    v2Kind: undefined,
    v2Message: undefined,
    v2ErrorIsRoutine: false,
    fallback: false,
    wentOn: false,
    goesOnIn: undefined,
    movedOn: false,
    outcome: "unknown",
    message: undefined,
    kind: undefined,
    started: event.time,
    last: event.time,
    over: false,
    failedBy: [],
    cites: [],
    isWell: false,
    isOpen: true,
    lined: Number.NaN,
    older: undefined,
    newer: undefined,
  };
}

/** Notes that `event` is part of the pull. Its first and last ones are kept as proof. */
export function cite(pull: Pull, event: Event): void {
  if (!Number.isNaN(event.time)) pull.last = event.time;
  if (pull.cites.length >= MAX_CITES) pull.cites.pop();
  pull.cites.push(event);
}

/** Notes that an API version was tried; v1 after a failed v2 is the fallback. */
export function tried(pull: Pull, version: "v1" | "v2"): void {
  pull.awaitsV2 = version === "v2";
  if (version === "v2") pull.movedOn = false;
  if (version === "v1" && pull.v2Message !== undefined) pull.fallback = true;
  if (pull.versions[pull.versions.length - 1] !== version && pull.versions.length < 8)
    pull.versions.push(version);
}

/**
 * Notes that v2 was tried without TLS. A daemon tries registries that are listed as insecure over TLS first, also those that speak plain
 * HTTP: that error begins each of their pulls, healthy ones too.
 */
export function triedPlain(pull: Pull): void {
  pull.v2ErrorIsRoutine = speaksPlainHttp(pull);
}

/** Whether v2 failed since the registry speaks plain HTTP: a daemon that may do so tries that next. */
export const speaksPlainHttp = ({ v2Message }: Pull) =>
  v2Message !== undefined && SPEAKS_PLAIN_HTTP.test(v2Message);

/** Notes that v2 is tried once more, over HTTP, after v1 was over TLS: engines up to 1.9 try both versions at one endpoint before the next. */
export function returned(pull: Pull): void {
  pull.fallback = false;
  pull.versions.length = 0;
}

/** Engines with Go before 1.7 took "P/" of the answer's "HTTP/1.1" for the length of a TLS record (crypto/tls, conn.go): 0x502f. */
const SPEAKS_PLAIN_HTTP =
  /server gave HTTP response to HTTPS client|oversized record received with length 20527/;

/** Notes how v2 failed. The first error counts: later ones are its consequences. */
export function v2Failed(pull: Pull, event: Event, kind: string | undefined, message: string): void {
  if (pull.v2Error !== undefined && !pull.v2ErrorIsRoutine) return;
  pull.v2ErrorIsRoutine = false;
  pull.v2Error = event;
  pull.v2Kind = kind;
  pull.v2Message = message;
  if (pull.versions.length === 0) pull.versions.push("v2");
}

/**
 * The `registry.pull` of a pull that is over. A fallback begins when v2 failed, not with the request: what made v2 fail comes before it.
 *
 * @param seenBy who tells of it, the daemon or the registry's server
 */
export function pullEvent(pull: Pull, seenBy: "daemon" | "server"): Event {
  const passedOver = pull.wentOn && !pull.fallback;
  const event = assembled(
    "registry.pull",
    "network",
    {
      "event.dataset": "docker.registry",
      "registry.operation": pull.operation,
      "registry.repository": namesOf(pull),
      "registry.tag": pull.tag,
      "registry.host": pull.host,
      "registry.versions": pull.versions,
      "registry.fallback": pull.fallback,
      "registry.next": passedOver ? true : undefined,
      "registry.moved_on": pull.movedOn && !pull.fallback ? true : undefined,
      "registry.v2_error.message": pull.v2Message,
      "registry.v2_error.kind": pull.v2Kind,
      "registry.outcome": pull.outcome,
      "registry.seen_by": seenBy,
      "error.message": pull.message,
      "error.kind": pull.kind,
    },
    pull.fallback && pull.v2Error !== undefined && !Number.isNaN(pull.v2Error.time)
      ? pull.v2Error.time
      : pull.started,
    pull.last,
    pull.cites,
  );
  if (pull.outcome === "ok" && passedOver)
    event.madeGood = event.cites!.filter(({ action }) => action === "registry.v2_error");
  return event;
}

function namesOf({ repository, calledAtLast }: Pull): string | string[] | undefined {
  if (repository === undefined || calledAtLast === undefined || calledAtLast === repository)
    return repository;
  return [repository, calledAtLast];
}

/** The same log can be there twice: as a journal and as a file, to the second or to the nanosecond. */
export function isCopy(a: Pull, b: Pull): boolean {
  return (
    a.source !== b.source &&
    a.key === b.key &&
    a.host === b.host &&
    a.fallback === b.fallback &&
    a.v2Message === b.v2Message &&
    Math.abs(a.started - b.started) < 1_500_000
  );
}

/** `pull` is the one that failed, as its next step shows: it takes over the error that was put down to `other`. */
export function takeV2Error(pull: Pull, other: Pull): void {
  v2Failed(pull, other.v2Error!, other.v2Kind, other.v2Message!);
  pull.movedOn = other.movedOn;
  for (const event of other.cites) if (event.action === "registry.v2_error") cite(pull, event);
  const kept = other.cites.filter((event) => event.action !== "registry.v2_error");
  other.cites.splice(0, other.cites.length, ...kept);
  other.v2Error = other.v2Kind = other.v2Message = undefined;
  other.movedOn = false;
  // Its attempts are kept: the first proofs are never dropped.
  if (!kept.some((event) => event.action === "registry.attempt")) other.versions.length = 0;
  other.awaitsV2 = other.versions.length > 0;
}
