import type { Event } from "../../../model/event.js";
import type { Emit } from "../assembled.js";
import { DaemonPulls } from "./daemon.js";
import { ServerSide } from "./server-side.js";

/** Pulls and pushes, as daemons and as registries' servers tell of them: `registry.pull`. */
export class RegistryTransactions {
  private readonly daemon = new DaemonPulls();
  private readonly server = new ServerSide();

  /** The handlers, by `event.action`. */
  readonly handlers: Record<string, (event: Event, emit: Emit) => void> = {
    "registry.request_begin": (event, emit) => this.daemon.begin(event, emit),
    "registry.attempt": (event, emit) => this.daemon.attempt(event, emit),
    "registry.v2_error": (event, emit) => this.daemon.v2Error(event, emit),
    "registry.v2_manifest": (event) => this.daemon.manifest(event),
    "registry.skip": (event) => this.daemon.skip(event),
    "registry.v1_call": (event, emit) => this.daemon.v1Call(event, emit),
    "registry.status": (event) => this.daemon.status(event),
    "registry.not_found": (event, emit) => this.daemon.failed(event, emit),
    "registry.stop": (event, emit) => this.daemon.failed(event, emit),
    "image.pull_error": (event, emit) => this.daemon.failed(event, emit),
    "registry.request_end": (event, emit) => this.daemon.finish(event, emit),
    "shell.command": (event) => this.daemon.command(event),
    "http.access": (event, emit) => this.server.access(event, emit),
  };

  /** Up to this time (µs UTC) nothing is over, unless a further event comes. */
  get due(): number {
    return Math.min(this.daemon.due, this.server.due);
  }

  /** Lets the time of the stream (µs UTC) move on. */
  advance(now: number, emit: Emit): void {
    this.daemon.advance(now, emit);
    this.server.advance(now, emit);
  }

  /** The stream is over. */
  end(emit: Emit): void {
    this.daemon.end(emit);
    this.server.end(emit);
  }
}
