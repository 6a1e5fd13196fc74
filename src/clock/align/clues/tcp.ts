import type { Event } from "../../../model/event.js";
import type { ClueKind } from "../clue.js";
import { Copies } from "./copies.js";
import { isLog } from "./is-log.js";
import { tcpOpened, tcpServed } from "./keys.js";
import { remember } from "./remember.js";
import { isCall, Teller } from "./teller.js";

/** Handshakes that are followed at a time. */
const MOST_OPEN = 4096;

/** TCP handshakes, in captures and in traces of the client. */
export const tcpClues: ClueKind = {
  families: ["tcp.served", "tcp.opened"],
  actions: ["tcp.segment", "socket.connect"],
  of(source, give) {
    if (isLog(source)) return undefined;
    const teller = new Teller(source, give);
    const packets = new TcpPackets(teller);
    return {
      take: (event) => (isCall(event) ? connected(teller, event) : packets.take(event)),
      end: () => {},
    };
  },
};

/** TCP handshakes as they pass. */
class TcpPackets {
  private readonly copies = new Copies();
  /** First SYNs by their sequence numbers, which address translation leaves alone. */
  private readonly open = new Map<number, Event>();

  constructor(private readonly teller: Teller) {}

  take(packet: Event): void {
    const { "tcp.flags": flags, "tcp.seq": seq } = packet.fields;
    // Some tools count sequence numbers from 0: these tell nothing.
    if (typeof flags !== "string" || typeof seq !== "number" || seq === 0) return;
    if (flags === "S") this.opener(packet, seq);
    else if (flags === "S.") this.answer(packet, seq);
  }

  private opener(packet: Event, seq: number): void {
    const { teller, copies, open } = this;
    const { "destination.ip": ip, "destination.port": port } = packet.fields;
    if (!open.has(seq)) remember(open, seq, packet, MOST_OPEN);
    if (typeof ip !== "string" || typeof port !== "number") return;
    const sent = tcpOpened("sent", ip, port);
    if (copies.isFirst(`${sent} ${seq}`, packet.time)) teller.before(sent, packet);
  }

  private answer(packet: Event, seq: number): void {
    const { teller, copies, open } = this;
    const { "tcp.ack": ack, "source.ip": ip, "source.port": port } = packet.fields;
    if (typeof ack !== "number") return;
    const client = (ack + 0xffff_ffff) % 0x1_0000_0000;
    const opener = open.get(client);
    open.delete(client);
    if (opener) teller.tell(tcpServed(client, seq), teller.earliest(opener), teller.latest(packet), packet);
    if (typeof ip !== "string" || typeof port !== "number") return;
    const got = tcpOpened("got", ip, port);
    if (copies.isFirst(`${got} ${seq}`, packet.time)) teller.after(got, packet);
  }
}

/** A connection that a traced process opens, or learns to be open. */
function connected(teller: Teller, call: Event): void {
  const {
    "destination.ip": ip,
    "destination.port": port,
    "network.transport": transport,
    "strace.call": name,
    "error.code": error,
  } = call.fields;
  if (transport !== "tcp" || typeof ip !== "string" || typeof port !== "number") return;
  if (name === "connect") teller.after(tcpOpened("sent", ip, port), call);
  // Without an error the server has answered; EINPROGRESS and its like tell nothing yet.
  if (error === undefined)
    teller.tell(tcpOpened("got", ip, port), Number.NEGATIVE_INFINITY, teller.over(call), call);
}
