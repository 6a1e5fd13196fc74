import type { Event } from "../../../model/event.js";
import { type Emit, text } from "../assembled.js";
import { kindOfStatus } from "./names.js";
import { OpenPulls } from "./open.js";
import { isCopy, type Pull, pullEvent, returned, takeV2Error, tried, triedPlain, v2Failed } from "./pull.js";
import { type Said, saidBy } from "./said.js";
import * as whose from "./whose.js";

/**
 * Assembles a daemon's own words about its pulls and pushes into `registry.pull`. Several can be under way at once: a line
 * belongs to one that agrees with all that the line names (daemon, registry, repository, tag) and for which it is the right next step
 * (`whose.ts`). A pull that has ended takes its echoes, and nothing that begins another.
 */
export class DaemonPulls {
  private readonly open = new OpenPulls((pull, emit) => this.closed(pull, emit));
  /** Recently emitted, to know the same pull from a second copy of the log. */
  private readonly emitted: Pull[] = [];
  /** By source: the pull whose client printed last that v2 gave the manifest, until the next command. */
  private readonly printed = new Map<number, Pull>();

  /** `registry.request_begin`. */
  begin(event: Event, emit: Emit): void {
    const said = saidBy(event);
    const pull = whose.ofRequest(this.open, said) ?? this.open.add(event, said, emit);
    this.open.hear(pull, event, said);
  }

  /** `registry.attempt`: an endpoint is tried. */
  attempt(event: Event, emit: Emit): void {
    const said = saidBy(event);
    const version = text(event, "registry.version") === "v1" ? "v1" : "v2";
    if (version === "v1") this.putErrorRight(said);
    const isPlain = version === "v2" && text(event, "url.original")?.startsWith("http:");
    const back = isPlain ? whose.ofReturn(this.open, said) : undefined;
    if (back !== undefined) returned(back);
    const known =
      version === "v1" ? whose.ofV1Attempt(this.open, said) : (back ?? whose.ofV2Attempt(this.open, said));
    const left = known === undefined && version === "v2" ? whose.ofMirror(this.open, said) : undefined;
    const pull = known ?? this.open.add(event, said, emit);
    if (left !== undefined) {
      left.goesOnIn = pull;
      left.wentOn = true;
    }
    if (isPrinted(event)) this.print(pull, version, event);
    tried(pull, version);
    if (isPlain && said.registry === pull.registry) triedPlain(pull);
    this.open.hear(pull, event, said);
  }

  /** `shell.command`: what a client printed above it is of another command. */
  command(event: Event): void {
    this.printed.delete(event.source);
  }

  /** `registry.v2_error`. */
  v2Error(event: Event, emit: Emit): void {
    const said = saidBy(event);
    const message = text(event, "error.message") ?? "";
    const next = event.fields["registry.next"] === true;
    const pull =
      whose.ofV2Error(this.open, said, next ? message : undefined) ??
      (next ? whose.ofNextHost(this.open, said) : undefined) ??
      this.open.add(event, said, emit);
    v2Failed(pull, event, text(event, "error.kind"), message);
    pull.awaitsV2 = false;
    if (next) pull.wentOn = true;
    // Said of a pull whose manifest was there, it is about the layers: the last endpoint's errors end with these words, too.
    if (next && pull.outcome === "ok" && !pull.over) pull.outcome = "unknown";
    // "Attempting next endpoint" is information in engines from 1.13 on, which know only v2.
    const isOld = next && text(event, "log.level") === "error";
    if (isOld || text(event, "registry.next_version") === "v1") pull.movedOn = true;
    this.open.hear(pull, event, said);
  }

  /** `registry.v2_manifest`: v2 gave the manifest; only the layers can still fail. */
  manifest(event: Event): void {
    const said = saidBy(event);
    const pull = whose.ofManifest(this.open, said);
    if (pull === undefined) return;
    pull.outcome = "ok";
    pull.awaitsV2 = false;
    this.open.hear(pull, event, said);
  }

  /** `registry.skip`: an endpoint is left out, v1's where v2 was found. */
  skip(event: Event): void {
    const said = saidBy(event);
    if (text(event, "registry.version") !== "v1") return;
    const pull = whose.ofSkip(this.open, said);
    if (pull === undefined) return;
    pull.movedOn = false;
    this.open.hear(pull, event, said);
  }

  /** `registry.v1_call`: the v1 interface is used. Searching uses it on healthy daemons too. */
  v1Call(event: Event, emit: Emit): void {
    const said = saidBy(event);
    if (said.path.startsWith("search")) return;
    const known = whose.ofV1Call(this.open, said);
    if (known === undefined && !said.path.startsWith("repositories/")) return;
    const pull = known ?? this.open.add(event, said, emit);
    tried(pull, "v1");
    this.open.hear(pull, event, said);
  }

  /** `registry.status`: an HTTP status. Only what ends a pull counts: a manifest of v2, a tag of v1. */
  status(event: Event): void {
    // By its name, as in saidBy: nearly all lines of a busy daemon's pulls are of this kind.
    const { "http.response.status_code": status } = event.fields;
    const said = saidBy(event);
    if (typeof status !== "number" || said.version === undefined) return;
    const pull = whose.ofStatus(this.open, said, said.version);
    if (pull === undefined) return;
    if (!pull.over) answered(pull, event, said.version, said.path, status);
    this.open.hear(pull, event, said);
  }

  /** `registry.not_found`, `registry.stop`, `image.pull_error`: the pull failed; what came first is in its v2 error. */
  failed(event: Event, emit: Emit): void {
    const said = saidBy(event);
    // Kubelets tell of runtimes' pulls: whose it is only the image's name can say.
    if (event.action === "image.pull_error" && said.key === undefined) return;
    const message = text(event, "error.message");
    const pull =
      whose.ofFailure(this.open, said, event.action, message) ??
      (event.action === "registry.not_found" ? this.open.add(event, said, emit) : undefined);
    if (pull === undefined) return;
    fail(pull, event, message);
    pull.calledAtLast ??= said.repository;
    this.open.hear(pull, event, said);
  }

  /** `registry.request_end`: the daemon has answered its client. */
  finish(event: Event, emit: Emit): void {
    const said = saidBy(event);
    const message = text(event, "error.message");
    const pull = whose.ofEnd(this.open, said, message);
    if (pull === undefined) return;
    if (message !== undefined) fail(pull, event, message);
    else if (pull.outcome === "unknown") pull.outcome = "ok";
    this.open.hear(pull, event, said);
    this.open.close(pull, emit);
  }

  /** No pull is to be closed before: µs UTC. */
  get due(): number {
    return this.open.due;
  }

  /** Closes what is over at `now`, µs UTC. */
  advance(now: number, emit: Emit): void {
    this.open.advance(now, emit);
  }

  /** Closes everything. */
  end(emit: Emit): void {
    this.open.end(emit);
  }

  /**
   * A client prints "TAG: Pulling from NAME" when v2 gave the manifest, and "Pulling repository NAME" when v1 is asked: both for one pull,
   * and nothing between them that says that it went well, are a fallback, although old clients do not print why.
   */
  private print(pull: Pull, version: "v1" | "v2", event: Event): void {
    if (version === "v2") this.printed.set(event.source, pull);
    else if (this.printed.get(event.source) === pull && pull.isOpen && !pull.over && pull.outcome !== "ok")
      pull.fallback = true;
  }

  /** A pull goes on to v1: the error of v2 that named no repository was its own. */
  private putErrorRight(said: Said): void {
    const misplaced = whose.ofMisplacedError(this.open, said);
    if (misplaced !== undefined) takeV2Error(...misplaced);
  }

  private closed(pull: Pull, emit: Emit): void {
    if (pull.versions.length === 0 && pull.v2Error === undefined) return; // nothing of a registry was seen
    const { goesOnIn } = pull;
    if (pull.outcome === "unknown" && goesOnIn?.outcome === "ok" && !goesOnIn.fallback) pull.outcome = "ok";
    if (this.emitted.some((other) => isCopy(other, pull))) return;
    this.emitted.push(pull);
    if (this.emitted.length > 64) this.emitted.shift();
    emit(pullEvent(pull, "daemon"));
  }
}

/** The client's own words, which name no endpoint; the daemon's of 1.5 to 1.7 name no tag. */
const isPrinted = ({ fields }: Event) =>
  fields["url.original"] === undefined &&
  (fields["registry.version"] === "v1" || fields["registry.tag"] !== undefined);

/** Takes over what an answer of the registry tells of a pull that is under way. */
function answered(pull: Pull, event: Event, version: "v1" | "v2", path: string, status: number): void {
  const kind = kindOfStatus(status);
  const isManifest = path.includes("/manifests/");
  if (version === "v2" && kind !== undefined && kind !== "unauthorized" && (path === "" || isManifest)) {
    v2Failed(pull, event, kind, `status code ${status}`);
  }
  if (version === "v1" ? !path.includes("/tags/") : !isManifest) return;
  pull.outcome = kind === undefined ? "ok" : "failed";
  pull.over = version === "v1" || kind === undefined;
  if (kind === undefined) pull.awaitsV2 = false;
}

function fail(pull: Pull, event: Event, message: string | undefined): void {
  pull.outcome = "failed";
  pull.over = true;
  pull.awaitsV2 = false;
  if (!pull.failedBy.includes(event.action)) pull.failedBy.push(event.action);
  pull.message ??= message;
  pull.kind ??=
    text(event, "error.kind") ?? (event.action === "registry.not_found" ? "not-found" : undefined);
}
