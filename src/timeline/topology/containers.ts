import type { Event } from "../../model/event.js";
import { parseIPv4 } from "./addresses.js";
import { History, type Mark } from "./history.js";

const MAX_CONTAINERS = 20_000;
const MAX_ADDRESSES = 40_000;
/** Containers that had one address, one after the other. */
const MAX_HOLDERS = 64;
/** A container has its address, and may send, shortly before its start is written down: µs. */
const BEFORE_START = 2_000_000;
/** Docker's short ids have so many digits. */
const SHORT_ID = 12;

/** A container or a cluster's pod, as far as it is known. */
export interface Workload {
  /** The container's name. */
  name?: string | undefined;
  /** The container's id, as long as somebody printed it. */
  id?: string | undefined;
  pod?: string | undefined;
  namespace?: string | undefined;
}

interface Known extends Workload {
  readonly runs: History;
}

/** One container's hold on an address. */
interface Holder {
  readonly owner: Known;
  readonly history: History;
  /** The record that says so. */
  readonly event: Event;
}

const STARTED: ReadonlySet<unknown> = new Set(["start", "started"]);
const OVER: ReadonlySet<unknown> = new Set(["die", "destroy", "remove"]);

/**
 * Containers and pods by their addresses, over time: an address that one container leaves goes to the next. Learned from `docker
 * inspect`, `docker network inspect`, `docker ps`, `docker events` and `kubectl get pods -o wide`.
 */
export class Containers {
  private readonly known = new Map<string, Known>();
  private readonly holders = new Map<number, Holder[]>();

  /** Whether no address of any container is known. */
  get isEmpty(): boolean {
    return this.holders.size === 0;
  }

  /** Takes in a `container.address`, `container.status`, `.started`, `.finished`, `.lifecycle` or `kubernetes.pod`. */
  learn(event: Event): void {
    const { action, fields, time } = event;
    if (action === "kubernetes.pod") this.learnPod(event);
    const owner = this.owner(textOf(fields["container.id"]), textOf(fields["container.name"]));
    if (owner === undefined) return;
    if (action === "container.address") this.learnAddress(event, owner);
    const mark = markOf(event);
    if (mark !== undefined) owner.runs.note(mark, time);
  }

  /**
   * Who had an IPv4 address at `time` (µs UTC; NaN: at any time). `undefined` when nobody is known to, or several may have: a wrong name
   * is worse than none.
   */
  at(address: number, time: number): (Workload & { event: Event }) | undefined {
    let found: Holder | undefined;
    for (const holder of this.holders.get(address) ?? []) {
      if (!holder.history.heldAt(time) || !isOfRun(holder.owner.runs, time)) continue;
      if (found !== undefined && found.owner !== holder.owner) return undefined;
      found = holder;
    }
    if (found === undefined) return undefined;
    const { name, id, pod, namespace } = found.owner;
    return { name, id, pod, namespace, event: found.event };
  }

  private learnAddress(event: Event, owner: Known): void {
    const { fields } = event;
    const written = textOf(fields["container.ip"]) ?? textOf(fields["container.address"])?.split("/")[0];
    const started = Date.parse(textOf(fields["container.started"]) ?? "");
    if (!Number.isNaN(started)) owner.runs.note("begins", started * 1000);
    this.hold(written, owner, event);
  }

  private learnPod(event: Event): void {
    const { fields } = event;
    const address = textOf(fields["kubernetes.pod.ip"]);
    const pod = textOf(fields["kubernetes.pod.name"]);
    // A pod in its node's network has no address of its own.
    if (pod === undefined || address === undefined || address === fields["host.ip"]) return;
    const namespace = textOf(fields["kubernetes.namespace"]);
    const owner = this.byKey(`pod ${namespace ?? ""}/${pod}`);
    if (owner === undefined) return;
    owner.pod = pod;
    owner.namespace = namespace;
    this.hold(address, owner, event);
  }

  private hold(written: string | undefined, owner: Known, event: Event): void {
    const address = written === undefined ? undefined : parseIPv4(written);
    if (address === undefined) return;
    const holders = this.holders.get(address) ?? [];
    if (holders.length === 0 && this.holders.size >= MAX_ADDRESSES) return;
    this.holders.set(address, holders);
    let holder = holders.find((other) => other.owner === owner);
    if (holder === undefined) {
      holder = { owner, history: new History(), event };
      if (holders.push(holder) > MAX_HOLDERS) holders.shift();
    }
    holder.history.note("holds", event.time);
  }

  private owner(id: string | undefined, name: string | undefined): Known | undefined {
    const owner = id === undefined ? name && this.byKey(`name ${name}`) : this.byKey(id.slice(0, SHORT_ID));
    if (!owner) return undefined;
    if (id !== undefined && id.length > (owner.id?.length ?? 0)) owner.id = id;
    owner.name ??= name;
    return owner;
  }

  private byKey(key: string): Known | undefined {
    let known = this.known.get(key);
    if (known === undefined && this.known.size < MAX_CONTAINERS) {
      known = { runs: new History() };
      this.known.set(key, known);
    }
    return known;
  }
}

/** What the event says of the container's run. */
function markOf({ action, fields }: Event): Mark | undefined {
  if (action === "container.started") return "begins";
  if (action === "container.finished") return "ends";
  if (action !== "container.lifecycle") return undefined;
  if (STARTED.has(fields["container.action"])) return "begins";
  return OVER.has(fields["container.action"]) ? "ends" : undefined;
}

/** Addresses are given anew at each start: what is known of one holds for the run that was looked at, the last. */
function isOfRun(runs: History, time: number): boolean {
  const soon = time + BEFORE_START;
  if (runs.isUnknown) return true;
  return !runs.beganAfter(soon) && (runs.heldAt(time) || runs.heldAt(soon));
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
