import type { Event } from "../../../model/event.js";
import type { ClueKind, ClueTaker } from "../clue.js";
import { Copies } from "./copies.js";
import { tcpOpened, tcpServed } from "./keys.js";
import { tellPassage } from "./sender.js";
import { bound } from "./stamp-window.js";
import { isCall, Teller } from "./teller.js";

/** Handshakes that are followed at a time. */
const MOST_OPEN = 4096;

/** TCP handshakes as they pass. */
class TcpPackets {
  private readonly copies = new Copies();
  /** First SYNs by their sequence numbers, which address translation leaves alone. */
  private readonly open = new Map<number, Event>();

  constructor(private readonly teller: Teller) {}

  take(packet: Event): void {
    const { "tcp.flags": flags, "tcp.seq": seq } = packet.fields;
    // Some tools count sequence numbers from 0: these tell nothing.
    if (typeof flags !== "string" || !flags.startsWith("S") || !seq || typeof seq !== "number") return;
    if (flags.includes(".")) this.answer(packet, seq);
    else this.opener(packet, seq);
  }

  private opener(packet: Event, seq: number): void {
    const { teller, copies, open } = this;
    const { "destination.ip": ip, "destination.port": port } = packet.fields;
    if (!open.has(seq)) open.set(seq, packet);
    bound(open, MOST_OPEN);
    if (typeof ip !== "string" || typeof port !== "number") return;
    if (copies.isFirst(`SYN ${seq} ${ip} ${port}`, packet.time))
      teller.before(tcpOpened("sent", ip, port), packet);
  }

  private answer(packet: Event, seq: number): void {
    const { teller, copies, open } = this;
    const { "tcp.ack": ack, "source.ip": ip, "source.port": port } = packet.fields;
    if (!ack || typeof ack !== "number") return;
    const client = (ack + 0xffff_ffff) % 0x1_0000_0000;
    const opener = open.get(client);
    open.delete(client);
    if (opener) teller.tell(tcpServed(client, seq), teller.earliest(opener), teller.latest(packet), packet);
    if (typeof ip !== "string" || typeof port !== "number") return;
    if (copies.isFirst(`ACK ${seq} ${ip} ${port}`, packet.time)) teller.after(tcpOpened("got", ip, port), packet);
  }
}

/** Connections that a traced process opens. */
class TcpCalls {
  constructor(private readonly teller: Teller) {}

  take(call: Event): void {
    const { teller } = this;
    const { "destination.ip": ip, "destination.port": port, "network.transport": transport } = call.fields;
    if (transport !== "tcp" || typeof ip !== "string" || typeof port !== "number") return;
    const { "strace.call": name, "error.code": error } = call.fields;
    if (name === "connect") teller.after(tcpOpened("sent", ip, port), call);
    // What is known without an error: the server has answered. EINPROGRESS and its like tell nothing yet.
    if (error === undefined && isComplete(call))
      teller.tell(tcpOpened("got", ip, port), Number.NEGATIVE_INFINITY, teller.over(call), call);
  }
}
