import type { Event } from "../../model/event.js";
import type { Coverage } from "../topology/coverage.js";
import { GapTeller } from "../topology/gap-teller.js";
import { TOPOLOGY_INPUTS } from "../topology/topology.js";
import type { Emit } from "./assembled.js";
import { nameStranded } from "./bridge/stranded.js";
import { Churn } from "./churn/churn.js";
import { ContainerDeaths } from "./containers/deaths.js";
import type { AskedQuestion } from "./dns/asked.js";
import { DnsTransactions } from "./dns/dns.js";
import { FirstServers } from "./dns/first-servers.js";
import type { OnSettled } from "./dns/leg.js";
import { NAME_SERVERS, noteLookalike } from "./dns/lookalikes.js";
import type { TracedQuestion } from "./dns/traced-question.js";
import { HostKnowledge } from "./host-knowledge.js";
import type { OpenerNumbers } from "./passage/openers.js";
import { Passages } from "./passage/passages.js";
import { RegistryTransactions } from "./registry/registry.js";
import { ConnectionAttempts } from "./tcp/attempts.js";
import { ForeignResets } from "./tcp/resets.js";
import { DataStalls } from "./tcp/stalls.js";
import { nameClient } from "./topology/naming.js";

type Handler = (event: Event, emit: Emit) => void;

/** What {@link Transactions} needs to know of the evidence. */
export interface TransactionsOptions {
  /** What each source covers; may be filled while the stream runs. */
  coverage: Coverage;
  /** What is known of the hosts: one for all streams of an investigation that cannot be put on one clock. */
  host?: HostKnowledge;
  /** Is told packets that came through as they should, as `packet.passage`; nobody else is. */
  onPassed?: Emit;
}

/**
 * Assembles transactions from the merged stream of events: `dns.leg`, `dns.lookup`, `registry.pull`,
 * `bridge.mac_change`, `packet.passage`, `tcp.connect`, `tcp.stall`, `tcp.foreign_reset`, `conntrack.stale_flow`, `failures.after_churn` (docs/FIELDS.md). Only assembled events are emitted; raw ones are the
 * caller's to forward. An assembled event is emitted when it is decided, which can be some seconds of stream time
 * after its own time stamp.
 */
export class Transactions {
  private readonly coverage: Coverage;
  private readonly dns: DnsTransactions;
  private readonly passages: Passages;
  private readonly host: HostKnowledge;
  /** No other stream shares what is known of the host. */
  private readonly isOnly: boolean;
  private readonly registry = new RegistryTransactions();
  private readonly attempts: ConnectionAttempts;
  private readonly stalls = new DataStalls();
  private readonly firstServers = new FirstServers();
  private readonly resets = new ForeignResets();
  private readonly churn = new Churn();
  private readonly deaths = new ContainerDeaths();
  private out: Emit = () => {};
  /** Until the stream has come to this time (µs UTC), time alone decides nothing. */
  private due = Number.NEGATIVE_INFINITY;
  /** By `event.action`: an event that nobody wants costs one look-up. */
  private readonly handlers = new Map<string, Handler>();

  constructor(options: TransactionsOptions) {
    this.coverage = options.coverage;
    const host = (this.host = options.host ?? new HostKnowledge());
    const topologyOf = (source: number) => host.of(source).topology;
    this.isOnly = options.host === undefined;
    const passages = (this.passages = new Passages(topologyOf, options.coverage, options.onPassed));
    const settled: OnSettled = (leg, emit, undelivered) => passages.ofLeg(leg, emit, undelivered);
    const dns = (this.dns = new DnsTransactions(options.coverage, settled, {
      echoes: host.echoes,
      optionsOf: (source) => host.of(source).resolver,
    }));
    for (const action of NAME_SERVERS) this.on(action, noteLookalike);
    this.on("dns.query", (event, emit) => dns.query(event, emit));
    this.on("dns.answer", (event) => dns.answer(event));
    this.on("dns.wait_timeout", (event, emit) => dns.waitTimeout(event, emit));
    this.on("dns.error", (event, emit) => dns.words(event, emit));
    this.on("icmp.message", (event) => dns.icmp(event));
    this.on("arp.reply", (event) => dns.noteReplies(event.source));
    this.on("icmp.message", (event) => passages.openers.icmp(event));
    this.on("tcp.segment", (event) => {
      if (event.fields["tcp.flags"] === "S.") dns.noteReplies(event.source);
      passages.openers.segment(event);
    });
    const attempts = (this.attempts = new ConnectionAttempts(topologyOf, options.coverage));
    this.on("tcp.segment", (event, emit) => attempts.segment(event, emit));
    this.on("tcp.segment", (event, emit) => this.stalls.segment(event, emit));
    this.on("tcp.segment", (event, emit) => this.resets.segment(event, emit));
    this.on("icmp.message", (event) => attempts.icmp(event));
    this.on("icmp.message", (event) => this.stalls.icmp(event));
    this.on("link.state", (event) => this.churn.change(event));
    this.on("bridge.port_state", (event) => this.churn.change(event));
    this.on("arp.request", (event) => passages.arpRequest(event));
    this.on("arp.reply", (event) => passages.arpReply(event));
    this.on("conntrack.flow", (event) => passages.flow(event));
    this.on("conntrack.flow", (event) => host.of(event.source).staleFlows.flow(event));
    this.on("container.address", (event) => host.address(event));
    this.on("container.lifecycle", (event) => this.deaths.take(event));
    for (const action of TOPOLOGY_INPUTS) this.on(action, (event) => host.learn(event));
    this.on("link.state", (event, emit) => host.of(event.source).bridges.link(event, emit));
    this.on("bridge.port_state", (event) => host.of(event.source).bridges.portState(event));
    this.on("arp.reply", (event) => host.of(event.source).bridges.arp(event));
    this.on("neighbour.state", (event) => host.of(event.source).bridges.neighbour(event));
    this.on("socket.error", (event) => dns.socketError(event));
    this.on("socket.connect", (event) => {
      if (event.fields["error.code"] !== undefined) dns.socketError(event);
    });
    this.on("resolver.options", (event) => host.resolver(event));
    this.on("docker.config", (event) => host.resolver(event));
    for (const [action, handler] of Object.entries(this.registry.handlers)) this.on(action, handler);
    for (const [action, handler] of Object.entries(new GapTeller(this.coverage).handlers))
      this.on(action, handler);
  }

  /** Lets time (µs UTC, or NaN) move on with a record of `source` that nobody needs to see. */
  pass(source: number, time: number, emit: Emit): void {
    this.coverage.see(source, time);
    this.churn.observed(time);
    if (time >= this.due) this.advance(time, emit);
  }

  private advance(time: number, emit: Emit): void {
    const { dns, passages, attempts, registry } = this;
    this.out = emit;
    dns.advance(time, this.tell);
    passages.advance(time, this.tell);
    attempts.advance(time, this.tell);
    registry.advance(time, this.tell);
    this.due = this.nextDue;
  }

  /** When time alone decides something next: µs UTC. */
  private get nextDue(): number {
    const { dns, passages, attempts, registry } = this;
    return Math.min(dns.due, passages.due, attempts.due, registry.due);
  }

  /** Such a record was an answer. */
  passAnswer(source: number): void {
    this.dns.noteReplies(source);
  }

  /** Such a record was a question to this server (an IPv4 address as a number), which answered at once. */
  passExchange(server: number | string): void {
    this.firstServers.answered(server);
  }

  /** Such a record was a TCP SYN, seen once and answered. */
  passOpener(time: number): void {
    this.passages.openers.passed(time);
  }

  /** Whether a SYN, or an answer to one, could have to do with a SYN that is still open. */
  mayConcern(numbers: OpenerNumbers): boolean {
    return this.passages.openers.mayConcern(numbers) || this.attempts.mayConcern(numbers);
  }

  /** Whether a question, asked now, could have to do with one that is still open, whatever becomes of it. */
  concerns(question: AskedQuestion): boolean {
    return this.dns.concerns(question);
  }

  /** The same of a question that a trace shows. */
  concernsTraced(question: TracedQuestion): boolean {
    return this.dns.concernsTraced(question);
  }

  /** Takes the next event of the stream. Unplaced events (time NaN) may come anywhere, in their source's order. */
  push(event: Event, emit: Emit): void {
    this.pass(event.source, event.time, emit);
    this.out = emit;
    const handler = this.handlers.get(event.action);
    if (handler === undefined) return;
    handler(event, this.tell);
    this.due = this.nextDue;
  }

  /** The stream is over: decides and emits what is still open. */
  end(emit: Emit): void {
    this.out = emit;
    this.dns.end(this.tell);
    this.host.endStream(this.tell);
    if (this.isOnly) this.host.finish(this.tell);
    this.passages.end(this.tell);
    this.attempts.end(this.tell);
    this.stalls.end(this.tell);
    this.registry.end(this.tell);
    this.firstServers.end(emit);
    this.churn.end(emit);
  }

  /** Hands on what was assembled. */
  private readonly tell: Emit = (event) => {
    const { topology, bridges } = this.host.of(event.source);
    nameClient(event, topology);
    nameStranded(event, bridges);
    this.churn.outcome(event);
    if (event.action === "dns.lookup") this.firstServers.lookup(event);
    this.out(event);
  };

  /** What had to be decided early to keep memory bounded: one sentence each, for the report. */
  get notes(): string[] {
    const notes: string[] = [];
    const dropped = this.dns.dropped;
    if (dropped > 0) {
      notes.push(
        `${dropped} DNS questions were settled early because too many were open at once; their outcomes may say "unknown".`,
      );
    }
    if (this.passages.dropped > 0) {
      notes.push(
        `${this.passages.dropped} packets that may have lost their translation were passed over: too many waited for proof that they should have had one.`,
      );
    }
    return notes;
  }

  /** Adds a handler; several for one action run in the order added. */
  private on(action: string, handler: Handler): void {
    const before = this.handlers.get(action);
    this.handlers.set(
      action,
      before === undefined
        ? handler
        : (event, emit) => {
            before(event, emit);
            handler(event, emit);
          },
    );
  }
}
