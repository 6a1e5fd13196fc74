import type { Event } from "../../../model/event.js";
import type { Coverage } from "../../topology/coverage.js";
import type { TopologyOf } from "../../topology/topology.js";
import { assembled, type Emit } from "../assembled.js";
import { endOf, partyOf } from "../party.js";
import { Occupied } from "../passage/occupied.js";
import type { OpenerNumbers } from "../passage/openers.js";
import { isMasqueraded, keyOf } from "./syn-copies.js";

/** Sightings of a SYN that are closer together are copies of one packet: µs. No TCP sends again sooner (RFC 6298: after a second). */
const COPY_SPAN = 700_000;
/** Unanswered for so long, with a second SYN in between, nobody is there: µs. */
const SILENCE = 3_000_000;
/** After the last SYN at least, and after so many times the pause before it, no other is expected: µs. */
const LEAST_WAIT = 5_000_000;
const PAUSES = 2.5;
/** How often, in stream time, open attempts are looked at again: µs. */
const SWEEP_EVERY = 1_000_000;
const MAX_OPEN = 20_000;
const MAX_CITED = 8;

/** One client's attempt to open a connection: its SYN, however often it was sent and seen. */
interface Attempt {
  readonly seq: number;
  readonly keys: string[];
  readonly client: string;
  readonly twin: string;
  readonly ports: number[];
  /** The first copy of each time that it was sent. */
  readonly sends: Event[];
  /** µs UTC. */
  readonly first: number;
  last: number;
  until: number;
  answer: Event | undefined;
  refused: boolean;
  /** A copy of it left under another source: the client is one of this host's containers. */
  masqueraded: boolean;
}

/**
 * Attempts to open TCP connections that were not answered at once: `tcp.connect`. Copies of one SYN on several interfaces, before and after
 * translation, are one; a SYN that is sent again says that its client heard nothing.
 */
export class ConnectionAttempts {
  /** Attempts that were settled early because too many were open at once. */
  dropped = 0;
  private readonly open = new Set<Attempt>();
  private readonly byKey = new Map<string, Attempt>();
  private readonly byTwin = new Map<string, Attempt>();
  private readonly byClient = new Map<string, Attempt>();
  private readonly seqs = new Occupied();
  private readonly ports = new Occupied();
  private nextSweep = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly topologyOf: TopologyOf,
    private readonly coverage: Coverage,
  ) {}

  /** A `tcp.segment`. */
  segment(event: Event, emit: Emit): void {
    const { fields } = event;
    switch (fields["tcp.flags"]) {
      case "S":
        this.syn(event, emit);
        return;
      case "S.":
        this.answer(event);
        return;
      case "R":
      case "R.":
        this.refuse(endOf(event, "destination"));
    }
  }

  /** An `icmp.message`: an error about a SYN of ours is an answer of its own, which other rules tell. */
  icmp({ fields }: Event): void {
    const ip = fields["icmp.original.source.ip"];
    if (ip !== undefined) this.refuse(`${ip}:${fields["icmp.original.source.port"]}`);
  }

  /** Whether a SYN with this number, or of a client with this port, is open. */
  mayConcern({ seq, port }: OpenerNumbers): boolean {
    return this.open.size > 0 && (this.seqs.has(seq) || this.ports.has(port));
  }

  /** Before this time (µs UTC) nothing is settled. */
  get due(): number {
    return this.nextSweep;
  }

  /** Settles what is over at `now`, µs UTC. */
  advance(now: number, emit: Emit): void {
    if (now < this.nextSweep) return;
    this.nextSweep = now + SWEEP_EVERY;
    for (const attempt of this.open) if (attempt.until <= now) this.settle(attempt, emit);
  }

  /** The stream is over. */
  end(emit: Emit): void {
    for (const attempt of this.open) this.settle(attempt, emit);
  }

  private syn(event: Event, emit: Emit): void {
    const { fields, time } = event;
    const seq = fields["tcp.seq"];
    if (typeof seq !== "number" || Number.isNaN(time)) return;
    const key = keyOf(seq, event, "destination", "source");
    const twin = `${seq}|${fields["source.port"]}`;
    const known = this.byKey.get(key) ?? this.alike(twin, time);
    if (known === undefined) {
      this.begin(event, seq, key, twin, emit);
      return;
    }
    if (isMasqueraded(known.sends[0]!, event)) known.masqueraded = true;
    this.name(known, key, event);
    if (time - known.last < COPY_SPAN) return;
    const pause = time - known.last;
    known.sends.push(event);
    known.last = time;
    known.until = time + Math.max(LEAST_WAIT, pause * PAUSES);
  }

  /** The same SYN towards another address: its destination was rewritten on the way. */
  private alike(twin: string, time: number): Attempt | undefined {
    const known = this.byTwin.get(twin);
    return known !== undefined && Math.abs(time - known.last) < COPY_SPAN ? known : undefined;
  }

  private begin(event: Event, seq: number, key: string, twin: string, emit: Emit): void {
    if (this.open.size >= MAX_OPEN) {
      this.dropped++;
      for (const oldest of this.open) {
        this.settle(oldest, emit);
        break;
      }
    }
    const { time } = event;
    const attempt: Attempt = {
      seq,
      keys: [],
      client: endOf(event, "source"),
      twin,
      ports: [],
      sends: [event],
      first: time,
      last: time,
      until: time + LEAST_WAIT,
      answer: undefined,
      refused: false,
      masqueraded: false,
    };
    this.open.add(attempt);
    this.seqs.add(seq);
    this.byTwin.set(twin, attempt);
    this.byClient.set(attempt.client, attempt);
    this.name(attempt, key, event);
  }

  /** Remembers another face of the attempt: the translated one. */
  private name(attempt: Attempt, key: string, { fields }: Event): void {
    if (this.byKey.get(key) === attempt) return;
    this.byKey.set(key, attempt);
    attempt.keys.push(key);
    const port = fields["source.port"];
    if (typeof port === "number" && !attempt.ports.includes(port)) {
      attempt.ports.push(port);
      this.ports.add(port);
    }
  }

  private answer(event: Event): void {
    const { fields } = event;
    const ack = fields["tcp.ack"];
    if (typeof ack !== "number") return;
    const seq = (ack + 0xffffffff) % 0x100000000;
    const attempt = this.byKey.get(keyOf(seq, event, "source", "destination"));
    if (attempt !== undefined) attempt.answer ??= event;
  }

  private refuse(client: string): void {
    const attempt = this.byClient.get(client);
    if (attempt !== undefined) attempt.refused = true;
  }

  private settle(attempt: Attempt, emit: Emit): void {
    this.open.delete(attempt);
    this.seqs.remove(attempt.seq);
    for (const port of attempt.ports) this.ports.remove(port);
    for (const key of attempt.keys) if (this.byKey.get(key) === attempt) this.byKey.delete(key);
    if (this.byTwin.get(attempt.twin) === attempt) this.byTwin.delete(attempt.twin);
    if (this.byClient.get(attempt.client) === attempt) this.byClient.delete(attempt.client);
    if (attempt.sends.length > 1 && !attempt.refused) emit(this.told(attempt));
  }

  private told(attempt: Attempt): Event {
    const { sends, answer, first, last } = attempt;
    const { fields, source } = sends[0]!;
    const outcome = this.outcomeOf(attempt);
    const cites = sends.slice(0, MAX_CITED - 1);
    return assembled(
      "tcp.connect",
      "network",
      {
        "network.transport": "tcp",
        "source.ip": partyOf(sends[0]!, "source"),
        "source.port": fields["source.port"],
        "destination.ip": partyOf(sends[0]!, "destination"),
        "destination.port": fields["destination.port"],
        "tcp.outcome": outcome,
        "tcp.sends": sends.length,
        "tcp.direction": attempt.masqueraded ? "out" : this.directionOf(sends[0]!),
        "evidence.gap":
          outcome === "unknown" ? this.coverage.gapTextIn(source, first, first + SILENCE) : undefined,
      },
      first,
      answer?.time ?? Math.max(last, first + SILENCE),
      answer === undefined ? cites : [...cites, answer],
    );
  }

  private outcomeOf({ answer, sends, first, last }: Attempt): string {
    if (answer !== undefined) return "connected";
    if (last - first >= SILENCE) return "timeout";
    return this.coverage.covers(sends[0]!.source, first, first + SILENCE) ? "timeout" : "unknown";
  }

  /** `out` of this host or its containers, `in` from outside; absent where the capture does not tell. */
  private directionOf({ fields, source }: Event): string | undefined {
    const direction = fields["packet.direction"];
    if (direction === undefined) return undefined;
    if (direction === "Out") return "out";
    const name = fields["interface.name"];
    const role = typeof name === "string" ? this.topologyOf(source).roleOf(name) : undefined;
    return role === "bridge" || role === "port" || direction === "P" ? "out" : "in";
  }
}
