import { ECHO_SPAN } from "./expiry.js";
import { namesHost } from "./names.js";
import type { OpenPulls } from "./open.js";
import { type Pull, speaksPlainHttp } from "./pull.js";
import { keysIn, type Said, saidBy } from "./said.js";

/**
 * Whose line is this? Each function looks for the open pull for which a line is the right next step, from the likeliest to the
 * least likely; `undefined` when there is none.
 */

/** The daemon of 1.5 tells of a request twice, as API call and as job, within: µs. */
const SAME_REQUEST_SPAN = 100_000;
/** The next endpoint is tried at once after one failed: µs. */
const FALLBACK_SPAN = 30_000_000;
/** A registry that does not answer is given up within: µs. Go's dialer waits 30 s. */
const V2_SPAN = 60_000_000;

/** A request that was told before. */
export function ofRequest(open: OpenPulls, said: Said): Pull | undefined {
  const isSame = (pull: Pull) =>
    pull.key === said.key && (pull.tag === undefined || said.tag === undefined || pull.tag === said.tag);
  return open.find(said, (pull) => isSame(pull) && isBegun(pull) && isFresh(pull, said, SAME_REQUEST_SPAN));
}

/** An attempt over v2: of a request that waits for its first, or of a pull whose endpoint before failed. */
export function ofV2Attempt(open: OpenPulls, said: Said): Pull | undefined {
  return (
    open.find(said, isBegun) ??
    open.find(said, (pull) => failedV2(pull) && !pull.over && isFresh(pull, said, FALLBACK_SPAN))
  );
}

/** The pull that went on to v1 after it was found that the registry speaks plain HTTP, and comes back to v2, over HTTP. */
export function ofReturn(open: OpenPulls, said: Said): Pull | undefined {
  const { key, registry } = said;
  if (key === undefined || registry === undefined) return undefined;
  const isGone = (pull: Pull) => pull.fallback && !pull.over && pull.registry === registry;
  return open.find(
    said,
    (pull) => isGone(pull) && speaksPlainHttp(pull) && isFresh(pull, said, FALLBACK_SPAN),
  );
}

/** The pull of the same repository that said it goes on after an error, and whose next host's error this is. */
export function ofNextHost(open: OpenPulls, said: Said): Pull | undefined {
  return ofOtherRegistry(open, said, (pull) => pull.wentOn);
}

/**
 * The pull of the same repository whose next endpoint, of another registry, this attempt is of: it asked a mirror first. Older engines
 * do not say that they go on, but ask several registries for the images of Docker Hub alone, whose names have no host.
 */
export function ofMirror(open: OpenPulls, said: Said): Pull | undefined {
  const isOfHub = (name: string | undefined) => name !== undefined && !namesHost(name);
  const isLeft = (pull: Pull) => pull.wentOn || (isOfHub(said.repository) && isOfHub(pull.repository));
  return ofOtherRegistry(open, said, (pull) => isLeft(pull) && isFresh(pull, said, FALLBACK_SPAN));
}

function ofOtherRegistry(open: OpenPulls, said: Said, suits: (pull: Pull) => boolean): Pull | undefined {
  const { key, registry } = said;
  if (key === undefined || registry === undefined) return undefined;
  const isLeft = (pull: Pull) => pull.key === key && !pull.over && failedV2(pull);
  return open.find({ ...said, registry: undefined }, (pull) => isLeft(pull) && suits(pull));
}

/**
 * An attempt over v1: of a pull whose v2 failed, even if the error is not in the evidence, or whose first endpoint of v1 did. Only lines
 * that name the registry tell of endpoints: two others of a repository are two pulls.
 */
export function ofV1Attempt(open: OpenPulls, said: Said): Pull | undefined {
  const isNext = (pull: Pull) => !usesV1(pull) && isFresh(pull, said, FALLBACK_SPAN);
  const isFurther = (pull: Pull) =>
    pull.fallback && !pull.over && pull.registry === said.registry && isFresh(pull, said, FALLBACK_SPAN);
  return (
    open.find(said, (pull) => failedV2(pull) && isNext(pull)) ??
    open.find(said, (pull) => !pull.over && pull.outcome !== "ok" && isNext(pull)) ??
    open.find(said, (pull) => pull.outcome !== "ok" && isNext(pull)) ??
    (said.registry === undefined || said.key === undefined ? undefined : open.find(said, isFurther))
  );
}

/**
 * Two pulls: one that waits for v2, whose repository `said` names, and another one that was given an error which names no
 * repository. When the first goes on to v1, the error was its own.
 */
export function ofMisplacedError(open: OpenPulls, said: Said): [pull: Pull, given: Pull] | undefined {
  const isFailed = (known: Pull) => failedV2(known) && isFresh(known, said, FALLBACK_SPAN);
  if (said.key === undefined || open.find(said, isFailed) !== undefined) return undefined;
  const pull = open.findOldest(said, (known) => known.awaitsV2 && isFresh(known, said, V2_SPAN));
  if (pull === undefined || pull.v2Error !== undefined) return undefined;
  const given = open.find(
    { ...said, key: undefined, tag: undefined },
    (known) =>
      isFailed(known) &&
      known.v2Error?.action === "registry.v2_error" &&
      saidBy(known.v2Error).key === undefined,
  );
  return given && [pull, given];
}

/**
 * An error of v2. Most name the registry alone: then it is the one's that has waited longest, as a healthy v2 answers at once.
 *
 * @param again the message, when the line tells an error again ("Attempting next endpoint … after error")
 */
export function ofV2Error(open: OpenPulls, said: Said, again: string | undefined): Pull | undefined {
  return (
    (again === undefined ? undefined : open.find(said, (pull) => isToldAgain(pull, said, again))) ??
    open.find(said, (pull) => pull.awaitsV2 && pull.v2Error !== undefined) ??
    open.findOldest(said, (pull) => pull.awaitsV2 && isFresh(pull, said, V2_SPAN)) ??
    open.find(said, (pull) => isUnderWay(pull) && pull.v2Error === undefined && pull.outcome !== "ok") ??
    open.find(said, (pull) => pull.v2Error !== undefined && isFresh(pull, said, ECHO_SPAN)) ??
    open.find(said, (pull) => isUnderWay(pull) && pull.v2Error === undefined)
  );
}

/** v1 is left out: of a pull that said it goes on. */
export function ofSkip(open: OpenPulls, said: Said): Pull | undefined {
  return open.find(said, (pull) => pull.movedOn && isUnderWay(pull) && isFresh(pull, said, ECHO_SPAN));
}

/** A manifest over v2. */
export function ofManifest(open: OpenPulls, said: Said): Pull | undefined {
  return open.find(said, (pull) => pull.awaitsV2) ?? open.find(said, isUnderWay);
}

/** A call of v1. */
export function ofV1Call(open: OpenPulls, said: Said): Pull | undefined {
  return (
    open.find(said, (pull) => usesV1(pull) && !pull.over) ??
    open.find(said, (pull) => failedV2(pull) && isFresh(pull, said, FALLBACK_SPAN)) ??
    open.find(said, usesV1)
  );
}

/** An answer of the registry's `version`. */
export function ofStatus(open: OpenPulls, said: Said, version: string): Pull | undefined {
  return (
    open.find(said, (pull) => pull.versions[pull.versions.length - 1] === version && !pull.over) ??
    open.find(said, (pull) => pull.versions.includes(version))
  );
}

/** A line that says that a pull failed, of `action`: of one that another line said so of before, of one in trouble, of any. */
export function ofFailure(
  open: OpenPulls,
  said: Said,
  action: string,
  message: string | undefined,
): Pull | undefined {
  return (
    open.find(said, (pull) => isEcho(pull, action, message)) ??
    open.find(said, (pull) => !pull.over && message !== undefined && pull.v2Message === message) ??
    open.find(said, isInTrouble) ??
    open.find(said, (pull) => !pull.over && pull.outcome !== "ok") ??
    open.find(said, (pull) => pull.over && isFresh(pull, said, ECHO_SPAN)) ??
    open.find(said, (pull) => !pull.over)
  );
}

/** The daemon's answer to its client, with an error or without. */
export function ofEnd(open: OpenPulls, said: Said, error: string | undefined): Pull | undefined {
  return (
    (error === undefined ? ofSuccess(open, said) : ofError(open, said, error)) ??
    open.find(said, (pull) => isFresh(pull, said, ECHO_SPAN)) ??
    open.onlyOne(said.daemon)
  );
}

function ofSuccess(open: OpenPulls, said: Said): Pull | undefined {
  const isWell = (pull: Pull) => (pull.over ? pull.outcome === "ok" : !isInTrouble(pull));
  return open.find(said, isWell) ?? open.find(said, (pull) => !pull.over);
}

function ofError(open: OpenPulls, said: Said, error: string): Pull | undefined {
  const same = open.find(said, (pull) => pull.over && pull.message === error);
  if (same !== undefined) return same;
  for (const key of keysIn(error)) {
    const named = { ...said, key };
    const pull =
      open.find(named, (known) => known.key === key && (isInTrouble(known) || known.outcome === "failed")) ??
      open.find(named, (known) => known.key === key);
    if (pull !== undefined) return pull;
  }
  return (
    open.find(said, (pull) => pull.v2Message === error) ??
    open.find(said, (pull) => pull.key === undefined || pull.key === said.key) ??
    open.find(said, (pull) => isInTrouble(pull) && isFresh(pull, said, ECHO_SPAN))
  );
}

/** Nothing but the request is known. */
function isBegun(pull: Pull): boolean {
  return !pull.over && pull.versions.length === 0;
}

function isUnderWay(pull: Pull): boolean {
  return !pull.over && !usesV1(pull);
}

function usesV1(pull: Pull): boolean {
  return pull.versions.includes("v1");
}

/** v2 failed, and v1 was not tried yet. */
function failedV2(pull: Pull): boolean {
  return pull.v2Error !== undefined && !usesV1(pull);
}

function isInTrouble(pull: Pull): boolean {
  return !pull.over && (pull.v2Error !== undefined || usesV1(pull));
}

/** The error of a pull that has not gone on yet is told once more. */
function isToldAgain(pull: Pull, said: Said, message: string): boolean {
  return failedV2(pull) && !pull.movedOn && pull.v2Message === message && isFresh(pull, said, ECHO_SPAN);
}

/** Another kind of line said before that the pull failed, for the same reason. */
function isEcho(pull: Pull, action: string, message: string | undefined): boolean {
  if (!pull.over || pull.outcome !== "failed" || pull.failedBy.includes(action)) return false;
  return message === undefined || pull.message === undefined || pull.message === message;
}

/** Something was heard of the pull within `span`, µs, or there are no times. */
function isFresh(pull: Pull, said: Said, span: number): boolean {
  return !(said.time - pull.last > span);
}
