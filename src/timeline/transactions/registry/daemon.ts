import type { Event } from "../../../model/event.js";
import { type Emit, number, text } from "../assembled.js";
import { kindOfStatus, placeOf, plainName, repositoryName, sameHost } from "./names.js";
import { cite, isCopy, newPull, type Pull, pullEvent, tried, v2Failed } from "./pull.js";

/** Pulls under way at once, over all daemons; beyond it the oldest is closed. */
const MAX_OPEN = 1000;
/** An error or an end is followed by its echoes within: µs. */
const ECHO_SPAN = 5_000_000;
/** A pull of which nothing was heard for so long is over: µs. Layers of a big image can take minutes. */
const IDLE_SPAN = 600_000_000;
/** The daemon of 1.5 tells of a request twice, as API call and as job, within: µs. */
const SAME_REQUEST_SPAN = 100_000;
/** v1 is tried at once after v2 failed: µs. */
const FALLBACK_SPAN = 30_000_000;

/**
 * Assembles a daemon's own words about its pulls and pushes into `registry.pull`. Several can be under way at
 * once: they are told apart by source, registry and repository, and where a line names neither, the oldest that
 * still waits for such a line takes it.
 */
export class DaemonPulls {
  private readonly open = new Set<Pull>();
  /** Recently emitted, to know the same pull from a second copy of the log. */
  private readonly emitted: Pull[] = [];

  /** `registry.request_begin`. */
  begin(event: Event, emit: Emit): void {
    const pull = newPull(event);
    describe(pull, event);
    const told = this.find(
      event,
      (known) =>
        known.key === pull.key &&
        known.versions.length === 0 &&
        this.isFresh(known, event, SAME_REQUEST_SPAN),
    );
    if (told !== undefined) {
      cite(told, event);
      return;
    }
    for (const other of this.open) {
      if (other.source === event.source && other.key === pull.key && other.over) this.close(other, emit);
    }
    cite(pull, event);
    this.add(pull, emit);
  }

  /** `registry.attempt`: an endpoint is tried. */
  attempt(event: Event, emit: Emit): void {
    const version = text(event, "registry.version") === "v1" ? "v1" : "v2";
    let pull = this.find(event, (known) =>
      version === "v1"
        ? !known.versions.includes("v1") && this.isFresh(known, event, FALLBACK_SPAN)
        : !known.over &&
          !known.versions.includes("v1") &&
          (known.versions.length === 0 || known.v2Error !== undefined),
    );
    if (pull === undefined) {
      const before = this.find(event, (known) => known.over || known.versions.includes("v1"));
      if (before !== undefined && version === "v2") this.close(before, emit);
      pull = this.add(newPull(event), emit);
    }
    describe(pull, event);
    tried(pull, version);
    cite(pull, event);
  }

  /** `registry.v2_error`. */
  v2Error(event: Event, emit: Emit): void {
    const message = text(event, "error.message") ?? "";
    const pull =
      this.find(
        event,
        (known) => known.v2Error === undefined && !known.versions.includes("v1") && !known.over,
      ) ??
      this.find(event, (known) => known.v2Error !== undefined && this.isFresh(known, event, ECHO_SPAN)) ??
      this.add(newPull(event), emit);
    describe(pull, event);
    v2Failed(pull, event, text(event, "error.kind"), message);
    // "Attempting next endpoint" is information in engines from 1.13 on, which know only v2.
    const next = event.fields["registry.next"] === true && text(event, "log.level") === "error";
    if (next || text(event, "registry.next_version") === "v1") pull.movedOn = true;
    cite(pull, event);
  }

  /** `registry.v2_manifest`: v2 gave the manifest; only the layers can still fail. */
  manifest(event: Event): void {
    const pull = this.find(event, (known) => !known.over && !known.versions.includes("v1"));
    if (pull === undefined) return;
    pull.outcome = "ok";
    cite(pull, event);
  }

  /** `registry.v1_call`: the v1 interface is used. Searching uses it on healthy daemons too. */
  v1Call(event: Event, emit: Emit): void {
    const { path } = placeOf(text(event, "url.original") ?? "");
    if (path.startsWith("search")) return;
    const pull = this.find(
      event,
      (known) =>
        known.versions.includes("v1") ||
        (known.v2Error !== undefined && this.isFresh(known, event, FALLBACK_SPAN)),
    );
    if (pull === undefined && !path.startsWith("repositories/")) return;
    const found = pull ?? this.add(newPull(event), emit);
    describe(found, event);
    tried(found, "v1");
    cite(found, event);
  }

  /** `registry.status`: an HTTP status. Only what ends a pull counts: a manifest of v2, a tag of v1. */
  status(event: Event): void {
    const status = number(event, "http.response.status_code");
    const { version, path } = placeOf(text(event, "url.original") ?? "");
    const pull = this.find(event, (known) => version === undefined || known.versions.includes(version));
    if (status === undefined || version === undefined || pull === undefined) return;
    cite(pull, event);
    const kind = kindOfStatus(status);
    if (version === "v2" && kind !== undefined && (path === "" || path.includes("/manifests/"))) {
      if (kind !== "unauthorized") v2Failed(pull, event, kind, `status code ${status}`);
    }
    const final = version === "v1" ? path.includes("/tags/") : path.includes("/manifests/");
    if (!final) return;
    pull.outcome = kind === undefined ? "ok" : "failed";
    if (version === "v1" || kind === undefined) pull.over = true;
  }

  /** `registry.not_found`, `registry.stop`: the pull failed; what came first is in its v2 error. */
  failed(event: Event, emit: Emit): void {
    const pull =
      this.find(event, (known) => !known.over) ??
      this.find(event, (known) => this.isFresh(known, event, ECHO_SPAN)) ??
      (event.action === "registry.not_found" ? this.add(newPull(event), emit) : undefined);
    if (pull === undefined) return;
    describe(pull, event);
    fail(pull, event);
    cite(pull, event);
  }

  /** `registry.request_end`: the daemon has answered its client. */
  finish(event: Event, emit: Emit): void {
    const message = text(event, "error.message");
    const named = (known: Pull) =>
      message === undefined ||
      known.key === undefined ||
      message.includes(known.key) ||
      message === known.message;
    const pull =
      this.find(event, named) ??
      this.find(event, (known) => this.isFresh(known, event, ECHO_SPAN)) ??
      this.onlyOne(event.source);
    if (pull === undefined) return;
    describe(pull, event);
    if (message !== undefined) fail(pull, event);
    else if (pull.outcome === "unknown") pull.outcome = "ok";
    cite(pull, event);
    this.close(pull, emit);
  }

  /** Closes what is over at `now`, µs UTC. */
  advance(now: number, emit: Emit): void {
    for (const pull of this.open) {
      if (now - pull.last > (pull.over ? ECHO_SPAN : IDLE_SPAN)) this.close(pull, emit);
    }
  }

  /** Closes everything. */
  end(emit: Emit): void {
    for (const pull of this.open) this.close(pull, emit);
  }

  /** The oldest open pull of the event's source that agrees with all that the event names. */
  private find(event: Event, suits: (pull: Pull) => boolean): Pull | undefined {
    const place = placeOf(text(event, "url.original") ?? "");
    const host = sameHost(text(event, "registry.host") ?? place.host);
    const key = repositoryName(plainName(text(event, "registry.repository")) ?? place.repository);
    for (const pull of this.open) {
      if (pull.source !== event.source) continue;
      if (host !== undefined && pull.host !== undefined && sameHost(pull.host) !== host) continue;
      if (key !== undefined && pull.key !== undefined && pull.key !== key) continue;
      if (suits(pull)) return pull;
    }
    return undefined;
  }

  /** The source's open pull, when there is no other that could be meant. */
  private onlyOne(source: number): Pull | undefined {
    let only: Pull | undefined;
    for (const pull of this.open) {
      if (pull.source !== source) continue;
      if (only !== undefined) return undefined;
      only = pull;
    }
    return only;
  }

  private isFresh(pull: Pull, event: Event, span: number): boolean {
    return !(event.time - pull.last > span);
  }

  private add(pull: Pull, emit: Emit): Pull {
    this.open.add(pull);
    if (this.open.size > MAX_OPEN) {
      for (const oldest of this.open) {
        this.close(oldest, emit);
        break;
      }
    }
    return pull;
  }

  private close(pull: Pull, emit: Emit): void {
    this.open.delete(pull);
    if (pull.versions.length === 0 && pull.v2Error === undefined) return; // nothing of a registry was seen
    if (this.emitted.some((other) => isCopy(other, pull))) return;
    this.emitted.push(pull);
    if (this.emitted.length > 64) this.emitted.shift();
    emit(pullEvent(pull, "daemon"));
  }
}

function fail(pull: Pull, event: Event): void {
  pull.outcome = "failed";
  pull.over = true;
  pull.message ??= text(event, "error.message");
  pull.kind ??=
    text(event, "error.kind") ?? (event.action === "registry.not_found" ? "not-found" : undefined);
}

/** Takes over what the event says of the pull and the pull did not know. */
function describe(pull: Pull, event: Event): void {
  const place = placeOf(text(event, "url.original") ?? "");
  pull.operation ??= text(event, "registry.operation");
  pull.host ??= text(event, "registry.host") ?? place.host;
  pull.tag ??= text(event, "registry.tag");
  const repository = plainName(text(event, "registry.repository")) ?? place.repository;
  pull.repository ??= repository;
  pull.key ??= repositoryName(repository);
}
