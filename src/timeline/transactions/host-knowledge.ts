import type { Event } from "../../model/event.js";
import { Topology } from "../topology/topology.js";
import type { Emit } from "./assembled.js";
import { MacChanges } from "./bridge/mac-changes.js";
import { StaleFlows } from "./conntrack/stale-flows.js";
import { ResolverOptions } from "./dns/resolver-options.js";
import { WordsEchoes } from "./dns/words.js";

/** More hosts than these in one folder are not told apart. */
const MAX_HOSTS = 256;

/** What snapshots and monitors tell of one host. */
class Host {
  readonly topology = new Topology();
  readonly bridges: MacChanges;
  readonly staleFlows = new StaleFlows();
  readonly resolver = new ResolverOptions();

  constructor(series: ReadonlyMap<number, string>) {
    this.bridges = new MacChanges(this.topology, series);
  }
}

/**
 * What snapshots and monitors tell of the hosts, whenever they were taken: bridges, addresses, NAT rules, containers. Streams without a
 * common clock share it, so that a dump without any time still explains a capture.
 *
 * Every host has its `docker0` and its 172.17.0.2, so what is known of one must not explain another's packets. Sources whose host is not
 * known may be of any: what they tell is taken for all hosts, and they are explained by what all hosts tell.
 */
export class HostKnowledge {
  readonly echoes = new WordsEchoes();
  private readonly any: Host;
  private readonly hosts = new Map<string, Host>();
  private readonly all: readonly Host[];
  /** Who learns from a host's sources: it, and what stands for any host. */
  private readonly withAny: ReadonlyMap<Host, readonly Host[]>;

  /**
   * @param names the hosts' names, by their sources' numbers
   * @param series sources that were collected in one place at different moments: by their numbers, what they are a series of
   */
  constructor(
    private readonly names: ReadonlyMap<number, string> = new Map(),
    series: ReadonlyMap<number, string> = new Map(),
  ) {
    this.any = new Host(series);
    for (const name of new Set(names.values())) {
      if (this.hosts.size < MAX_HOSTS) this.hosts.set(name, new Host(series));
    }
    const named = [...this.hosts.values()];
    this.all = [this.any, ...named];
    this.withAny = new Map(named.map((host) => [host, [host, this.any]]));
  }

  /** What is known of the host that the source is of. */
  of(source: number): Host {
    const name = this.names.get(source);
    return (name === undefined ? undefined : this.hosts.get(name)) ?? this.any;
  }

  /** Takes in an event that tells of a host's topology. */
  learn(event: Event): void {
    for (const host of this.learners(event.source)) host.topology.learn(event);
  }

  /** Takes in a `container.address`: it is in use. */
  address(event: Event): void {
    for (const host of this.learners(event.source)) host.staleFlows.address(event);
  }

  /** Takes in the options that its clients ask by. */
  resolver(event: Event): void {
    for (const host of this.learners(event.source)) host.resolver.learn(event);
  }

  /** A stream is over: tells what neighbours saw of bridges. */
  endStream(emit: Emit): void {
    for (const host of this.all) host.bridges.end(emit);
  }

  /** All streams are over: tells what only the comparison of them all can decide. */
  finish(emit: Emit): void {
    for (const host of this.all) {
      host.bridges.finish(emit);
      host.staleFlows.finish(emit);
    }
  }

  private learners(source: number): readonly Host[] {
    return this.withAny.get(this.of(source)) ?? this.all;
  }
}
