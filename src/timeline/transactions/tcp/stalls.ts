import type { Event } from "../../../model/event.js";
import { assembled, type Emit } from "../assembled.js";
import { endOf, partyOf, type Side } from "../party.js";

/** Sightings of a segment that are closer together are copies of one packet: µs. Linux sends again after 200 ms at the soonest. */
const COPY_SPAN = 150_000;
/** A segment that was sent again so often, and never acknowledged, is stuck. */
const LEAST_REPEATS = 3;
const MAX_FLOWS = 2_000;
/** Unacknowledged segments remembered of one flow: the oldest is the one that is sent again. */
const MAX_OUTSTANDING = 32;
const MAX_CITED = 8;

interface Outstanding {
  readonly seq: number;
  end: number;
  bytes: number;
  /** µs UTC, of the last time it was sent. */
  last: number;
  /** The first copy of each time that it was sent. */
  readonly sends: Event[];
  repeats: number;
}

/** One direction of a connection, as one capture shows it. */
interface Flow {
  outstanding: Outstanding[];
  /** Payload of the largest segment that was acknowledged; 0: none yet. */
  delivered: number;
}

/**
 * Segments that are sent again and again and never acknowledged, in connections whose smaller segments came through: `tcp.stall`. Where
 * large ones alone are lost, something on the way takes no packets of that size and does not say so (RFC 2923, section 2.1).
 */
export class DataStalls {
  private readonly flows = new Map<string, Flow>();
  /** What fits on the way between two addresses, by capture: as routers said. */
  private readonly pathMtus = new Map<string, number>();

  /** A `tcp.segment` with a time. */
  segment(event: Event, emit: Emit): void {
    const { fields, time } = event;
    if (Number.isNaN(time)) return;
    const flags = fields["tcp.flags"];
    if (typeof flags !== "string") return;
    if (flags.includes("S") || flags.includes("R")) {
      this.close(keyOf(event, "source", "destination"), emit);
      return;
    }
    const ack = fields["tcp.ack"] ?? fields["tcp.relative_ack"];
    if (typeof ack === "number") this.acknowledge(keyOf(event, "destination", "source"), ack);
    const bytes = fields["tcp.payload_bytes"];
    const seq = fields["tcp.seq"] ?? fields["tcp.relative_seq"];
    if (typeof bytes === "number" && bytes > 0 && typeof seq === "number")
      this.data(keyOf(event, "source", "destination"), event, seq, bytes, emit);
  }

  /** An `icmp.message`: "fragmentation needed" names the size that would fit. */
  icmp(event: Event): void {
    const { fields } = event;
    const mtu = fields["icmp.mtu"];
    const to = fields["icmp.original.destination.ip"];
    if (typeof mtu !== "number" || to === undefined || this.pathMtus.size >= MAX_FLOWS) return;
    // The text shows the quoted packet's destination alone; its source is who is told.
    this.pathMtus.set(`${event.source}|${partyOf(event, "destination")}>${to}`, mtu);
  }

  /** The stream is over. */
  end(emit: Emit): void {
    for (const key of this.flows.keys()) this.close(key, emit);
  }

  private data(key: string, event: Event, seq: number, bytes: number, emit: Emit): void {
    let flow = this.flows.get(key);
    if (flow === undefined) {
      if (this.flows.size >= MAX_FLOWS)
        for (const oldest of this.flows.keys()) {
          this.close(oldest, emit);
          break;
        }
      this.flows.set(key, (flow = { outstanding: [], delivered: 0 }));
    }
    const known = flow.outstanding.find((segment) => segment.seq === seq);
    if (known === undefined) {
      if (flow.outstanding.length >= MAX_OUTSTANDING) flow.outstanding.shift();
      flow.outstanding.push({ seq, end: seq + bytes, bytes, last: event.time, sends: [event], repeats: 0 });
    } else if (event.time - known.last >= COPY_SPAN) {
      // What was handed to the card as one is sent again as segments of the wire's size.
      if (bytes < known.bytes) known.bytes = bytes;
      known.last = event.time;
      known.repeats++;
      if (known.sends.length < MAX_CITED) known.sends.push(event);
    }
  }

  private acknowledge(key: string, ack: number): void {
    const flow = this.flows.get(key);
    if (flow === undefined || flow.outstanding.length === 0) return;
    const left: Outstanding[] = [];
    for (const segment of flow.outstanding) {
      if (segment.end > ack) left.push(segment);
      else if (segment.bytes > flow.delivered) flow.delivered = segment.bytes;
    }
    flow.outstanding = left;
  }

  private close(key: string, emit: Emit): void {
    const flow = this.flows.get(key);
    if (flow === undefined) return;
    this.flows.delete(key);
    const stuck = flow.outstanding.find(({ repeats }) => repeats >= LEAST_REPEATS);
    if (stuck === undefined) return;
    const first = stuck.sends[0]!;
    const way = `${first.source}|${partyOf(first, "source")}>${partyOf(first, "destination")}`;
    const pathMtu = this.pathMtus.get(way);
    emit(toldOf(stuck, flow.delivered, pathMtu));
  }
}

function toldOf({ sends, bytes, repeats, last }: Outstanding, delivered: number, pathMtu?: number): Event {
  const { fields, time } = sends[0]!;
  return assembled(
    "tcp.stall",
    "network",
    {
      "network.transport": "tcp",
      "source.ip": partyOf(sends[0]!, "source"),
      "source.port": fields["source.port"],
      "destination.ip": partyOf(sends[0]!, "destination"),
      "destination.port": fields["destination.port"],
      "tcp.payload_bytes": bytes,
      "tcp.delivered_bytes": delivered,
      "tcp.larger_than_delivered": bytes > delivered,
      "tcp.retransmissions": repeats,
      "icmp.mtu": pathMtu,
    },
    time,
    last,
    sends,
  );
}

const keyOf = (event: Event, from: Side, to: Side): string =>
  `${event.source}|${endOf(event, from)}>${endOf(event, to)}`;
