import type { Event } from "../../../model/event.js";
import { isPrivate, parseIPv4 } from "../../topology/addresses.js";
import type { Coverage } from "../../topology/coverage.js";
import type { Topology, TopologyOf } from "../../topology/topology.js";
import type { Emit } from "../assembled.js";
import type { Leg } from "../dns/leg.js";
import { Captures } from "./captures.js";
import { NatExpectation } from "./expectation.js";
import type { PassageOutcome } from "./ladder.js";
import { NextHops } from "./next-hops.js";
import { type Opener, Openers } from "./openers.js";
import { cameThrough, clientOf, isTranslation, serverLives } from "./parties.js";
import { type Passage, passageEvent } from "./passage-event.js";
import { isIngress, type Sighting, sightingOf } from "./sighting.js";

/** Suspicious packets kept until it is known whether they should have been translated. */
const MAX_PENDING = 5000;
const MAX_UNDECIDED = 2000;
/** Packets that pass between two addresses are looked at so often; more of them say nothing new. */
const LESSONS = 8;
const MAX_TAUGHT = 10_000;
/** Passages of one subnet that are told as "unknown": the rest would say the same. */
const MAX_UNKNOWN = 8;
/** What copies of a packet show by themselves, though its twin, from the same socket to the same server, came through. */
const SHOWN_WRONG: ReadonlySet<PassageOutcome> = new Set(["untranslated", "stayed-on-bridge"]);
/** How often, in stream time, kept packets are looked at again: µs. */
const SWEEP_EVERY = 1_000_000;

/** What is known of one host. */
interface Host {
  readonly topology: Topology;
  readonly expectation: NatExpectation;
  readonly nextHops: NextHops;
}

interface Pending {
  host: Host;
  passage: Passage;
}

/**
 * Follows packets through the host: `packet.passage`. A packet that is answered came through, whatever the
 * capture left out; such packets only teach what is normal. Of the others, those are told that should have been translated.
 */
export class Passages {
  readonly openers: Openers;
  /** Packets that were passed over because too many waited for a basis. */
  dropped = 0;
  private readonly captures: Captures;
  private readonly hosts = new Map<Topology, Host>();
  /** How often packets of each client to each server came through. */
  private readonly taught = new Map<string, Map<string, number>>();
  private pending: Pending[] = [];
  /** Packets that no capture decides yet: another one may turn out to be the uplink's, or to cover their time. */
  private undecided: (readonly Event[])[] = [];
  private ended = false;
  private unknowns = 0;
  private nextSweep = -Infinity;
  private emit: Emit = () => {};

  /** @param onPassed is told the packets that came through translated: to explain why no rule fired, and for nothing else */
  constructor(
    private readonly topologyOf: TopologyOf,
    coverage: Coverage,
    private readonly onPassed?: Emit,
  ) {
    this.captures = new Captures(topologyOf, coverage);
    this.openers = new Openers((opener) => this.ofOpener(opener));
  }

  /** A DNS question that is settled; `undelivered` when its answer came back to the host and did not reach the client. */
  ofLeg(leg: Leg, emit: Emit, undelivered: boolean): void {
    if (leg.packetSource < 0) return;
    this.emit = emit;
    if (undelivered) {
      this.judge(leg.asks, false, "reply-not-delivered");
      return;
    }
    const passed = cameThrough(leg);
    if (passed && (leg.clients.length < 2 || this.isTaught(leg))) return;
    this.judge(leg.asks, passed, serverLives(leg) ? "server-lives" : undefined);
  }

  /** An `arp.request`. */
  arpRequest(event: Event): void {
    this.hostOf(event.source).nextHops.request(event);
  }

  /** An `arp.reply`. */
  arpReply(event: Event): void {
    this.hostOf(event.source).nextHops.reply(event);
  }

  /** A `conntrack.flow`: what the kernel itself says of a translation. */
  flow(event: Event): void {
    const { "source.ip": source, "destination.ip": destination, "reply.destination.ip": to } = event.fields;
    if (
      typeof source !== "string" ||
      typeof destination !== "string" ||
      typeof to !== "string" ||
      to === source
    )
      return;
    const from = parseIPv4(source);
    const target = parseIPv4(destination);
    const { expectation } = this.hostOf(event.source);
    if (from !== undefined && target !== undefined && expectation.isOutbound(from, target)) {
      expectation.learn(from, target, to);
    }
  }

  /** Before this time (µs UTC) nothing is settled. */
  get due(): number {
    return this.nextSweep;
  }

  /** Lets the time of the stream (µs UTC) move on. */
  advance(now: number, emit: Emit): void {
    if (now < this.nextSweep) return;
    this.nextSweep = now + SWEEP_EVERY;
    this.emit = emit;
    this.openers.advance(now);
    if ([...this.hosts.values()].some(({ expectation }) => expectation.changed)) this.flush(false);
  }

  /** The stream is over: what no basis was found for is no fault. */
  end(emit: Emit): void {
    this.emit = emit;
    this.openers.advance(Infinity);
    this.ended = true;
    for (const events of this.undecided) this.judge(events, false);
    this.undecided = [];
    this.flush(true);
  }

  private hostOf(source: number): Host {
    const topology = this.topologyOf(source);
    let host = this.hosts.get(topology);
    if (host === undefined) {
      host = { topology, expectation: new NatExpectation(topology), nextHops: new NextHops() };
      this.hosts.set(topology, host);
    }
    return host;
  }

  /** Whether packets of this client to this server have taught all that they can. */
  private isTaught(leg: Leg): boolean {
    const server = leg.server ?? "";
    let servers = this.taught.get(leg.clients[0]!);
    if (servers === undefined) {
      if (this.taught.size >= MAX_TAUGHT) this.taught.clear();
      this.taught.set(leg.clients[0]!, (servers = new Map()));
    }
    const times = (servers.get(server) ?? 0) + 1;
    if (servers.size < 64) servers.set(server, times);
    return times > LESSONS;
  }

  private ofOpener(opener: Opener): void {
    this.judge(opener.asks, opener.answered);
  }

  /** @param fate what is known of a translated packet beyond its copies; that its server lives: it answered the packet's twin */
  private judge(
    events: readonly Event[],
    passed: boolean,
    fate?: "reply-not-delivered" | "server-lives",
  ): void {
    const sightings: Sighting[] = [];
    for (const event of events) {
      if (event.fields["strace.call"] !== undefined) continue;
      const sighting = sightingOf(event, this.topologyOf(event.source));
      if (sighting !== undefined) sightings.push(sighting);
    }
    const first = clientOf(sightings);
    if (first === undefined) return;
    const client = first.source;
    const host = this.hostOf(first.event.source);
    const { expectation } = host;
    const destination = String(sightings[0]!.event.fields["destination.ip"]);
    const from = parseIPv4(client);
    const to = parseIPv4(destination);
    if (from === undefined || to === undefined || !isPrivate(from)) return;
    const own = sightings.filter(({ source }) => source === client);
    const translated = sightings.filter(({ source }) => isTranslation(source, from, expectation));
    notePorts(host.topology, from, own);
    if (translated.length > 0) {
      expectation.learn(from, to, translated[0]!.source);
      this.captures.learn(own, translated);
    }
    const isOutbound = expectation.isOutbound(from, to);
    if (!isOutbound || (passed && this.onPassed === undefined)) return;
    const verdict = this.captures.read(own, translated);
    if (verdict === undefined) return;
    const seen = own.concat(translated).map(({ event }) => event);
    const passage: Passage = { verdict, events: seen, client, destination, from, to };
    if (passed) {
      if (verdict.outcome === "translated")
        this.onPassed?.(passageEvent(passage, host.topology, expectation.basis(from, to)));
      return;
    }
    if (verdict.outcome === "unknown" && !this.ended && this.undecided.length < MAX_UNDECIDED) {
      this.undecided.push(events);
      return;
    }
    if (fate === "server-lives" && !SHOWN_WRONG.has(verdict.outcome)) return;
    if (fate === "reply-not-delivered" && verdict.outcome === "translated") verdict.outcome = fate;
    if (verdict.outcome === "encapsulated") this.emit(passageEvent(passage, host.topology));
    else this.consider({ host, passage });
  }

  private consider(pending: Pending): void {
    if (this.tell(pending)) return;
    if (this.pending.length < MAX_PENDING) this.pending.push(pending);
    else this.dropped++;
  }

  private flush(last: boolean): void {
    for (const { expectation } of this.hosts.values()) expectation.changed = false;
    const waiting = this.pending.filter((pending) => !this.tell(pending));
    this.pending = last ? [] : waiting;
  }

  /** Emits the passage when it should have been translated; false when nothing says so yet. */
  private tell({ host, passage }: Pending): boolean {
    const { verdict } = passage;
    const basis = host.expectation.basis(passage.from, passage.to);
    if (basis === undefined) return false;
    if (verdict.outcome === "unknown" && ++this.unknowns > MAX_UNKNOWN) return true;
    const silent =
      verdict.outcome === "not-forwarded" || verdict.outcome === "lost"
        ? host.nextHops.silentAround(
            passage.events[0]!.time,
            passage.destination,
            host.expectation.subnetOf(passage.from),
          )
        : undefined;
    this.emit(passageEvent(passage, host.topology, basis, silent));
    return true;
  }
}

/** The port that a container's packets come in by tells what it lies behind, where no snapshot does. */
function notePorts(topology: Topology, address: number, own: readonly Sighting[]): void {
  for (const sighting of own) {
    const { place, event } = sighting;
    if (place === undefined || place.startsWith("#") || !isIngress(sighting)) continue;
    if (topology.roleOf(place) === "port") topology.ports.seen(address, place, event.time);
  }
}
