import type { Event } from "../../../model/event.js";
import { isPrivate, maskTo, parseIPv4 } from "../../topology/addresses.js";
import type { Coverage } from "../../topology/coverage.js";
import type { Topology } from "../../topology/topology.js";
import { assembled, type Emit } from "../assembled.js";
import type { Leg } from "../dns/leg.js";
import { Captures, COPY_SPAN } from "./captures.js";
import { NatExpectation } from "./expectation.js";
import type { Verdict } from "./ladder.js";
import { NextHops } from "./next-hops.js";
import { type Opener, Openers } from "./openers.js";
import { isIngress, type Sighting, sightingOf } from "./sighting.js";

/** Suspicious packets kept until it is known whether they should have been translated. */
const MAX_PENDING = 5000;
const MAX_UNDECIDED = 2000;
/** Packets that pass between two addresses are looked at so often; more of them say nothing new. */
const LESSONS = 8;
const MAX_TAUGHT = 10_000;
/** Passages of one subnet that are told as "unknown": the rest would say the same. */
const MAX_UNKNOWN = 8;
/** How often, in stream time, kept packets are looked at again: µs. */
const SWEEP_EVERY = 1_000_000;

interface Pending {
  verdict: Verdict;
  events: Event[];
  client: string;
  destination: string;
}

/**
 * Follows packets through the host: `packet.passage`. A packet that is answered came through, whatever the
 * capture left out; such packets only teach what is normal. Of the others, those are told that should have been translated.
 */
export class Passages {
  readonly nextHops = new NextHops();
  readonly openers: Openers;
  /** Packets that were passed over because too many waited for a basis. */
  dropped = 0;
  private readonly captures: Captures;
  private readonly expectation: NatExpectation;
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
    private readonly topology: Topology,
    coverage: Coverage,
    private readonly onPassed?: Emit,
  ) {
    this.captures = new Captures(topology, coverage);
    this.expectation = new NatExpectation(topology);
    this.openers = new Openers((opener) => this.ofOpener(opener));
  }

  /** A DNS question that is settled. */
  ofLeg(leg: Leg, emit: Emit): void {
    if (leg.packetSource < 0) return;
    this.emit = emit;
    if (leg.answer !== undefined && leg.clients.length > 1 && this.isUndelivered(leg, leg.answer)) {
      this.judge(leg.asks, false, "reply-not-delivered");
      return;
    }
    const passed = leg.answer !== undefined || leg.error !== undefined || isRedirected(leg);
    if (passed && (leg.clients.length < 2 || this.isTaught(leg))) return;
    this.judge(leg.asks, passed);
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
    if (from !== undefined && target !== undefined && this.expectation.isOutbound(from, target)) {
      this.expectation.learn(from, target, to);
    }
  }

  /** Lets the time of the stream (µs UTC) move on. */
  advance(now: number, emit: Emit): void {
    if (now < this.nextSweep) return;
    this.nextSweep = now + SWEEP_EVERY;
    this.emit = emit;
    this.openers.advance(now);
    if (this.expectation.changed) this.flush(false);
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

  /** The answer came back to the host, the client asked again, and the capture would have shown the answer go on to it. */
  private isUndelivered(leg: Leg, answer: Event): boolean {
    const view = this.captures.view(answer.source);
    if (leg.delivered) view.showsDelivery = true;
    return view.showsDelivery && !leg.delivered && leg.gaveUp > leg.answered;
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

  /** @param as what is known of a translated packet's fate beyond its copies */
  private judge(events: readonly Event[], passed: boolean, as?: "reply-not-delivered"): void {
    const sightings: Sighting[] = [];
    for (const event of events) {
      if (event.fields["strace.call"] !== undefined) continue;
      const sighting = sightingOf(event, this.topology);
      if (sighting !== undefined) sightings.push(sighting);
    }
    const client = clientOf(sightings);
    if (client === undefined) return;
    const destination = String(sightings[0]!.event.fields["destination.ip"]);
    const from = parseIPv4(client);
    const to = parseIPv4(destination);
    if (from === undefined || to === undefined || !isPrivate(from)) return;
    const own = sightings.filter(({ source }) => source === client);
    const translated = sightings.filter(({ source }) => this.isTranslation(source, from));
    if (translated.length > 0) {
      this.expectation.learn(from, to, translated[0]!.source);
      this.captures.learn(own, translated);
    }
    const isOutbound = this.expectation.isOutbound(from, to);
    if (passed && isOutbound && this.onPassed) this.tellPassed(own, translated, client, destination);
    if (passed || !isOutbound) return;
    const verdict = this.captures.read(own, translated);
    if (verdict === undefined) return;
    if (verdict.outcome === "unknown" && !this.ended && this.undecided.length < MAX_UNDECIDED) {
      this.undecided.push(events);
      return;
    }
    if (as !== undefined && verdict.outcome === "translated") verdict.outcome = as;
    this.consider({ verdict, events: own.concat(translated).map(({ event }) => event), client, destination });
  }

  private tellPassed(
    own: readonly Sighting[],
    translated: readonly Sighting[],
    client: string,
    destination: string,
  ): void {
    const verdict = this.captures.read(own, translated);
    if (verdict?.outcome !== "translated") return;
    const events = own.concat(translated).map(({ event }) => event);
    const basis = this.expectation.basis(parseIPv4(client)!, parseIPv4(destination)!);
    this.onPassed?.(this.assemble({ verdict, events, client, destination }, basis));
  }

  /** The flooded copy of a lost packet carries the bridge's own address (br_netfilter): that is no translation. */
  private isTranslation(source: string, client: number): boolean {
    const address = parseIPv4(source);
    if (address === undefined || address === client) return false;
    const { base, bits } = this.expectation.subnetOf(client);
    return maskTo(address, bits) !== base;
  }

  private consider(passage: Pending): void {
    if (this.tell(passage)) return;
    if (this.pending.length < MAX_PENDING) this.pending.push(passage);
    else this.dropped++;
  }

  private flush(last: boolean): void {
    this.expectation.changed = false;
    const waiting = this.pending.filter((passage) => !this.tell(passage));
    this.pending = last ? [] : waiting;
  }

  /** Emits the passage when it should have been translated; false when nothing says so yet. */
  private tell(passage: Pending): boolean {
    const { verdict, client, destination } = passage;
    const basis = this.expectation.basis(parseIPv4(client)!, parseIPv4(destination)!);
    if (basis === undefined) return false;
    if (verdict.outcome === "unknown" && ++this.unknowns > MAX_UNKNOWN) return true;
    this.emit(this.assemble(passage, basis));
    return true;
  }

  private assemble({ verdict, events, client, destination }: Pending, basis: string | undefined): Event {
    const from = parseIPv4(client)!;
    const time = events[0]!.time;
    const subnet = this.expectation.subnetOf(from);
    const nextHop =
      verdict.outcome === "not-forwarded" ? this.nextHops.silentAround(time, destination, subnet) : undefined;
    return assembled(
      "packet.passage",
      "network",
      {
        "source.ip": client,
        "source.port": events[0]!.fields["source.port"],
        "destination.ip": destination,
        "destination.port": events[0]!.fields["destination.port"],
        "network.transport": events[0]!.fields["network.transport"],
        "dns.question.name": events[0]!.fields["dns.question.name"],
        "passage.hops": verdict.hops,
        "passage.hop": nextHop === undefined ? verdict.hop : "forwarding",
        "passage.bridge": verdict.bridge ?? this.topology.behind(from)?.bridge,
        "passage.translated": verdict.outcome === "translated" || verdict.outcome === "reply-not-delivered",
        "passage.nat_expected": basis !== undefined,
        "passage.nat_basis": basis,
        "passage.source_on_wire": verdict.sourceOnWire,
        "passage.outcome": nextHop === undefined ? verdict.outcome : "next-hop-silent",
        "passage.next_hop": nextHop,
      },
      time,
      events[events.length - 1]!.time,
      events,
    );
  }
}

/**
 * The same question goes on to another address from the same port, seen only on its way out: the destination was rewritten
 * (a cluster's service address), and what became of it there is that leg's story.
 */
function isRedirected(leg: Leg): boolean {
  const others = leg.lookup?.legs ?? [];
  return others.some(
    (other) =>
      other !== leg &&
      other.server !== leg.server &&
      other.port === leg.port &&
      Math.abs(other.asked - leg.asked) < COPY_SPAN &&
      other.asks.every((ask) => ask.fields["packet.direction"] === "Out"),
  );
}

/** Who sent the packet first: the source of a copy that comes in, else of the first copy that has a private address. */
function clientOf(sightings: readonly Sighting[]): string | undefined {
  const ingress = sightings.find(isIngress);
  if (ingress !== undefined) return ingress.source;
  return sightings.length > 1 || sightings[0]?.direction === undefined ? sightings[0]?.source : undefined;
}
