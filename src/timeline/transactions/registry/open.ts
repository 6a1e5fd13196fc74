import type { Event } from "../../../model/event.js";
import { type Emit, MAX_CITES, proofOf } from "../assembled.js";
import { Linked } from "../linked.js";
import { Expiry } from "./expiry.js";
import { Lane } from "./lane.js";
import { cite, newPull, type Pull } from "./pull.js";
import type { Daemon, Said } from "./said.js";

/** Pulls under way at once, over all daemons; beyond it the oldest is closed. */
const MAX_OPEN = 1000;

/** One daemon's open pulls. */
interface OnesPulls {
  readonly all: Lane;
  /** By repository; those whose repository is not known yet are under `undefined`. */
  readonly byKey: Map<string | undefined, Lane>;
}

/**
 * The pulls that are open: under way, or ended so shortly before that their last words can still come. A line that names a repository
 * meets the pulls of that repository alone, however many others there are.
 */
export class OpenPulls {
  private readonly open = new Linked<Pull>();
  private readonly daemons = new Map<Daemon, OnesPulls>();
  private readonly expiry = new Expiry();

  /** @param closed takes each pull that is closed */
  constructor(private readonly closed: (pull: Pull, emit: Emit) => void) {}

  /**
   * The newest pull that agrees with all that the line names and that `suits`: first those known to be of its repository, then those
   * whose repository is not known. Among the suitable ones, those of another tag come last.
   */
  find(said: Said, suits: (pull: Pull) => boolean): Pull | undefined {
    const pulls = this.daemons.get(said.daemon);
    if (pulls === undefined) return undefined;
    if (said.key === undefined) return pulls.all.newest(said, suits);
    return pulls.byKey.get(said.key)?.newest(said, suits) ?? pulls.byKey.get(undefined)?.newest(said, suits);
  }

  /** The one that began first, of those that are not well yet. */
  findOldest(said: Said, suits: (pull: Pull) => boolean): Pull | undefined {
    const pulls = this.daemons.get(said.daemon);
    const among = said.key === undefined ? pulls?.all : pulls?.byKey.get(said.key);
    return among?.oldest(said, suits);
  }

  /** The daemon's open pull, when there is no other that could be meant. */
  onlyOne(daemon: Daemon): Pull | undefined {
    return this.daemons.get(daemon)?.all.only;
  }

  /** A pull begins with `event`; the oldest makes room for it. */
  add(event: Event, said: Said, emit: Emit): Pull {
    const pull = newPull(event);
    pull.key = said.key;
    this.open.add(pull);
    let pulls = this.daemons.get(pull.daemon);
    if (pulls === undefined) this.daemons.set(pull.daemon, (pulls = { all: new Lane(), byKey: new Map() }));
    file(pulls, pull);
    if (this.open.size > MAX_OPEN) this.close(this.open.oldest!, emit);
    return pull;
  }

  /** Notes that `event` is part of an open pull, and what it says that the pull did not know. The pull's state is set before. */
  hear(pull: Pull, event: Event, said: Said): void {
    pull.operation ??= said.operation;
    if (pull.host === undefined) {
      pull.host = said.host;
      pull.registry = said.registry;
    }
    pull.tag ??= said.tag;
    pull.repository ??= said.repository;
    if (pull.key === undefined && said.key !== undefined) {
      const pulls = this.daemons.get(pull.daemon)!;
      unfile(pulls, pull);
      pull.key = said.key;
      file(pulls, pull);
    }
    if (isWell(pull) !== pull.isWell) this.move(pull);
    cite(pull, event);
    this.expiry.heard(pull);
  }

  /** Closes a pull. */
  close(pull: Pull, emit: Emit): void {
    const pulls = this.daemons.get(pull.daemon)!;
    this.open.remove(pull);
    pull.isOpen = false;
    unfile(pulls, pull);
    pull.cites.splice(0, MAX_CITES, ...pull.cites.map(proofOf));
    this.closed(pull, emit);
  }

  /** No pull is to be closed before: µs UTC. */
  get due(): number {
    return this.expiry.due;
  }

  /** Closes what is over at `now`, µs UTC. */
  advance(now: number, emit: Emit): void {
    if (now <= this.expiry.due) return;
    for (const pull of this.expiry.over(now, this.open)) this.close(pull, emit);
  }

  /** Closes everything. */
  end(emit: Emit): void {
    for (let pull = this.open.oldest; pull; pull = this.open.oldest) this.close(pull, emit);
  }

  /** Puts a pull among those that are well, or takes it back. */
  private move(pull: Pull): void {
    const pulls = this.daemons.get(pull.daemon)!;
    const ofKey = pulls.byKey.get(pull.key)!;
    pulls.all.remove(pull);
    ofKey.remove(pull);
    pull.isWell = isWell(pull);
    pulls.all.add(pull);
    ofKey.add(pull);
  }
}

function file(pulls: OnesPulls, pull: Pull): void {
  pulls.all.add(pull);
  let known = pulls.byKey.get(pull.key);
  if (known === undefined) pulls.byKey.set(pull.key, (known = new Lane()));
  known.add(pull);
}

function unfile(pulls: OnesPulls, pull: Pull): void {
  const known = pulls.byKey.get(pull.key)!;
  pulls.all.remove(pull);
  known.remove(pull);
  if (known.size === 0) pulls.byKey.delete(pull.key);
}

/** v2 gave its manifest, and nothing failed. */
const isWell = (pull: Pull) => pull.outcome === "ok" && !pull.over && pull.v2Error === undefined;
