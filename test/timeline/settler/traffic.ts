import {
  dnsAnswer,
  dnsQuery,
  ETHERNET,
  ipv4,
  type Packet,
  pcap,
  tcp,
  u16,
  u32,
  udp,
} from "../../decode/packet/build.js";

/** Repeatable random numbers (mulberry32): a traffic is named by its seed. */
export function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

interface Sent {
  /** When it was written, µs after the beginning, and by how much its stamp is ahead of that. */
  at: number;
  ahead?: number;
  capture: number;
  bytes: Buffer;
}

/** What a trace of the first client shows beside the captures. */
export interface Traced {
  at: number;
  id: number;
  name: string;
  port: number;
  server: string;
}

const START = 1_795_319_188;
const NAT = "198.51.100.1";
const SYN = 0x02;
const SYN_ACK = 0x12;
const RST = 0x04;
const RST_ACK = 0x14;

/** One look-up's parts: everything is drawn from so few values that exchanges meet in all ways. */
class Scene {
  readonly sent: Sent[] = [];
  readonly traced: Traced[] = [];
  private at = 1000;

  constructor(
    private readonly random: (below: number) => number,
    private readonly few: boolean,
    private readonly suffix: string,
  ) {}

  step(): void {
    const { random } = this;
    this.at += random(20) === 0 ? random(3_000_000) : random(30_000);
    // Clocks are set, forwards and back.
    if (random(150) === 0)
      this.at += random(2) === 0 ? 20_000_000 : -Math.min(this.at - 1000, random(4_000_000));
    // A clock that jumps ahead for one packet: what waits for an answer may be over.
    if (random(300) === 0) this.strayAhead();
    if (random(4) === 0) this.connection();
    else this.lookUp();
  }

  private strayAhead(): void {
    const packet = ipv4(6, tcp(40_001, 443, 0x11), { source: "10.0.0.99", destination: "192.0.2.99" });
    this.sent.push({ at: this.at + 50, ahead: 25_000_000, capture: 0, bytes: frame(packet) });
  }

  private lookUp(): void {
    const { random, few } = this;
    const id = few ? random(6) : random(300);
    const host = `10.0.0.${2 + random(4)}`;
    const port = 40_000 + (few ? random(4) : random(200));
    const name = `${random(2) === 0 ? "svc" : "SVC"}-${random(3)}.example${this.suffix}`;
    const server = `192.0.2.${53 + random(2)}`;
    const query = dnsQuery(id, name);
    const ask = (after: number, from = host, to = server, capture = 0, message = query, fromPort = port) =>
      this.send(after, capture, ipv4(17, udp(fromPort, 53, message), { source: from, destination: to }));
    const reply = (after: number, code = 0, to = host, capture = 0) => {
      const message = dnsAnswer(id, name.toLowerCase(), "203.0.113.7", 0x8180 | code);
      this.send(after, capture, ipv4(17, udp(53, port, message), { source: server, destination: to }));
    };
    ask(0);
    if (random(25) === 0)
      this.traced.push({ at: this.at + random(200) - 100, id, name: name.toLowerCase(), port, server });
    const soon = 100 + random(40_000);
    switch (random(few ? 24 : 60)) {
      case 0: // never answered
        return;
      case 1: // the next server is asked, with the same id or another
        ask(
          5_000_000 + random(2000),
          host,
          "192.0.2.54",
          0,
          random(2) === 0 ? query : dnsQuery(id + 1, name),
        );
        return;
      case 2: // asked again, then answered, perhaps twice
        ask(1_000_000);
        reply(1_000_000 + soon);
        if (random(2) === 0) reply(1_200_000 + soon);
        return;
      case 3: // late
        reply(300_000 + random(7_000_000));
        return;
      case 4: // an answer without its question
        reply(-500);
        return;
      case 5: // answered twice
        reply(soon);
        reply(soon + random(2_500_000));
        return;
      case 6: // seen in the other capture as well
        ask(200, host, server, 1);
        reply(soon, 0, host, 1);
        reply(soon + 200);
        return;
      case 7: // translated on its way
        ask(150, NAT, server, random(2));
        reply(soon, 0, NAT, 1);
        if (random(3) > 0) reply(soon + 150);
        return;
      case 8: // the question is refused, with copies
        this.error(soon, host, server, port, 53, server, host);
        return;
      case 9: // answered, and the answer refused
        reply(soon);
        this.error(soon + 100, server, host, 53, port, host, server);
        return;
      case 10: // an error that quotes no ports of this exchange
        reply(soon);
        this.error(soon - 50, host, server, 40_000 + random(4), 53, server, host);
        return;
      case 11: // snapped: the name is cut
        this.sent.push({
          at: this.at + 300,
          capture: 1,
          bytes: frame(ipv4(17, udp(port, 53, query), { source: host, destination: server })).subarray(0, 62),
        });
        reply(soon);
        return;
      case 12:
        reply(soon, 2);
        return;
      case 13:
        reply(soon, 3);
        return;
      default:
        reply(soon);
    }
  }

  private connection(): void {
    const { random, few } = this;
    const port = 50_000 + random(few ? 4 : 500);
    const host = `10.0.0.${8 + random(few ? 2 : 20)}`;
    const server = `203.0.113.${9 + random(3)}`;
    const seq = few ? random(4) : random(1e9);
    const go = (after: number, flags: number, from = host, to = server, capture = 0, at = seq) =>
      this.send(
        after,
        capture,
        ipv4(6, tcp(port, 443, flags, undefined, at), { source: from, destination: to }),
      );
    const come = (after: number, flags: number, to = host, capture = 0, ack = seq + 1) => {
      const segment = tcp(443, port, flags, undefined, 77, ack);
      this.send(after, capture, ipv4(6, segment, { source: server, destination: to }));
    };
    const soon = 200 + random(40_000);
    go(0, SYN);
    switch (random(few ? 14 : 30)) {
      case 0: // never answered
        return;
      case 1: // sent again, then answered
        go(1_000_000, SYN);
        come(1_000_000 + soon, SYN_ACK);
        return;
      case 2: // seen in the other capture as well
        go(150, SYN, host, server, 1);
        come(soon, SYN_ACK, host, random(2));
        return;
      case 3: // translated on its way, and answered, there and perhaps here
        go(150, SYN, NAT, server, random(2));
        come(soon, SYN_ACK, NAT, 1);
        if (random(2) === 0) come(soon + 100, SYN_ACK);
        return;
      case 4: // a service's address: it goes on to another destination
        go(80, SYN, host, "203.0.113.77");
        if (random(2) === 0) come(soon, SYN_ACK);
        return;
      case 5: // refused
        come(soon, RST_ACK);
        return;
      case 6: // refused without a number
        come(soon, RST);
        return;
      case 7: // answered twice, and later reset by either side
        come(soon, SYN_ACK);
        come(soon + random(3_000_000), SYN_ACK);
        if (random(2) === 0) come(soon + 500, RST_ACK);
        else go(soon + 500, RST);
        return;
      case 8: // answered late
        come(300_000 + random(7_000_000), SYN_ACK);
        return;
      case 9: // an answer to another number
        come(soon, SYN_ACK, host, 0, seq + 2);
        return;
      case 10: // the port is used again, before the answer or after
        go(random(2 * soon), SYN, host, `203.0.113.${9 + random(3)}`, 0, seq + 1);
        come(soon, SYN_ACK);
        return;
      case 11: // the answer stands before it
        come(-300, SYN_ACK);
        return;
      default:
        come(soon, SYN_ACK);
        go(soon + 300, 0x10);
        go(soon + 600, 0x11);
    }
  }

  /** An ICMP error of `from` to `to` that quotes a UDP packet. */
  private error(
    after: number,
    source: string,
    destination: string,
    sport: number,
    dport: number,
    from: string,
    to: string,
  ): void {
    const quoted = ipv4(17, udp(sport, dport, Buffer.alloc(20)), { source, destination }).subarray(0, 28);
    const body = Buffer.concat([Buffer.from([3, 3]), u16(0), u32(0), quoted]);
    this.send(after, 0, ipv4(1, body, { source: from, destination: to }));
  }

  private send(after: number, capture: number, packet: Buffer): void {
    this.sent.push({ at: this.at + after, capture, bytes: frame(packet) });
  }
}

const frame = (packet: Buffer): Buffer => Buffer.concat([ETHERNET, packet]);

/** How captures are written: behind a VLAN tag, and with a snap length; and what their names end in. */
export interface Written {
  tagged?: boolean;
  snap?: number;
  suffix?: string;
}

const TAG = Buffer.from("8100000c", "hex");
const tag = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, 12), TAG, bytes.subarray(12)]);

/** Two captures of one network, and what a trace shows: in the order of time, but for stamps that were set back. */
export function trafficOf(
  seed: number,
  steps: number,
  few: boolean,
  { tagged = false, snap = 262144, suffix = "" }: Written = {},
): { captures: Buffer[]; traced: Traced[] } {
  const random = generator(seed);
  const scene = new Scene(random, few, suffix);
  for (let i = 0; i < steps; i++) scene.step();
  const captureOf = (number: number) => {
    const sent = scene.sent.filter(({ capture }) => capture === number).sort((a, b) => a.at - b.at);
    const packets = sent.map(({ at, ahead = 0, bytes: whole }): Packet => {
      // Packets of several queues are written a little out of order.
      const us = Math.max(0, at + ahead + (random(30) === 0 ? -random(3000) : 0));
      // What was cut in the middle of its name was longer on the wire.
      const bytes = whole.length === 62 ? Buffer.concat([whole, Buffer.alloc(30)]) : whole;
      return {
        bytes: tagged ? tag(bytes) : bytes,
        seconds: START + Math.floor(us / 1e6),
        part: us % 1e6,
        captured: Math.min(snap, whole.length + (tagged ? TAG.length : 0)),
      };
    });
    return pcap(packets, { snap });
  };
  return { captures: [captureOf(0), captureOf(1)], traced: scene.traced };
}

/** µs UTC of the traffic's beginning. */
export const BEGINNING = START * 1_000_000;
