import { describe, expect, it } from "@jest/globals";
import { tcpClues } from "../../../../src/clock/align/clues/tcp.js";
import type { Fields } from "../../../../src/model/event.js";
import { type Said, taken } from "./told.js";
import { bounded, by } from "./wire.js";

const EVER = Number.POSITIVE_INFINITY;

const syn = (at: number, seq = 1000, fields: Fields = {}): Said => ({
  at,
  action: "tcp.segment",
  fields: {
    "tcp.flags": "S",
    "tcp.seq": seq,
    "destination.ip": "192.0.2.20",
    "destination.port": 80,
    ...fields,
  },
});
const synAck = (at: number, ack = 1001, fields: Fields = {}): Said => ({
  at,
  action: "tcp.segment",
  fields: {
    "tcp.flags": "S.",
    "tcp.seq": 9000,
    "tcp.ack": ack,
    "source.ip": "192.0.2.20",
    "source.port": 80,
    ...fields,
  },
});
const connect = (at: number, name: string, error: string | undefined, until: number): Said => ({
  at,
  action: "socket.connect",
  fields: {
    "strace.call": name,
    "network.transport": "tcp",
    "destination.ip": "192.0.2.20",
    "destination.port": 80,
    "error.code": error,
    ...bounded(until, 9),
  },
});

describe("a TCP handshake in a capture", () => {
  it("was served between SYN and its answer, which both ends' numbers tell from others", () => {
    expect(taken(tcpClues, { format: "pcap" }, [syn(1), synAck(1.2)])).toEqual([
      ["tcp.opened.sent 192.0.2.20 80", -EVER, by(1)],
      ["tcp.served 1000 9000", 1, by(1.2)],
      ["tcp.opened.got 192.0.2.20 80", 1.2, EVER],
    ]);
  });

  it("has the same key on both sides of a translation of addresses", () => {
    const inside = taken(tcpClues, { format: "pcap" }, [syn(1), synAck(1.2)]);
    const outside = taken(tcpClues, { format: "pcap" }, [
      syn(1, 1000, { "source.ip": "198.51.100.7", "destination.ip": "203.0.113.5" }),
      synAck(1.2, 1001, { "source.ip": "203.0.113.5" }),
    ]);
    const served = [inside, outside].map((clues) => clues.find(([key]) => key.startsWith("tcp.served")));
    expect(served[1]).toEqual(served[0]);
  });

  it("may have been begun by any of the repeated SYNs", () => {
    const clues = taken(tcpClues, { format: "pcap" }, [syn(1), syn(2), syn(4), synAck(4.2)]);
    expect(clues.find(([key]) => key.startsWith("tcp.served"))).toEqual(["tcp.served 1000 9000", 1, by(4.2)]);
  });

  it("reads sequence numbers that pass their end", () => {
    const keys = taken(tcpClues, { format: "pcap" }, [syn(1, 0xffff_ffff), synAck(1.2, 0)]).map(
      ([key]) => key,
    );
    expect(keys).toContain("tcp.served 4294967295 9000");
  });

  it("tells nothing where a tool counted from 0", () => {
    expect(taken(tcpClues, { format: "pcap" }, [syn(1, 0), synAck(1.2, 1, { "tcp.seq": 0 })])).toEqual([]);
  });
});

describe("a connection in a trace", () => {
  it("is opened after connect was entered, and answered before the thread's next record", () => {
    expect(taken(tcpClues, { format: "pcap" }, [connect(1, "connect", undefined, 1.3)])).toEqual([
      ["tcp.opened.sent 192.0.2.20 80", 1, EVER],
      ["tcp.opened.got 192.0.2.20 80", -EVER, by(1.3)],
    ]);
  });

  it("that is left in progress is answered when SO_ERROR says so", () => {
    const calls = [connect(1, "connect", "EINPROGRESS", 1.1), connect(1.4, "getsockopt", undefined, 1.5)];
    expect(taken(tcpClues, { format: "pcap" }, calls)).toEqual([
      ["tcp.opened.sent 192.0.2.20 80", 1, EVER],
      ["tcp.opened.got 192.0.2.20 80", -EVER, by(1.5)],
    ]);
  });

  it("that failed was never answered", () => {
    expect(taken(tcpClues, { format: "pcap" }, [connect(1, "connect", "ECONNREFUSED", 1.1)])).toHaveLength(1);
  });
});
