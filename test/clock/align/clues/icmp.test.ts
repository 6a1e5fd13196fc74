import { expect, it } from "@jest/globals";
import { icmpClues } from "../../../../src/clock/align/clues/icmp.js";
import { type Said, taken } from "./told.js";
import { by } from "./wire.js";

const EVER = Number.POSITIVE_INFINITY;

const echo = (at: number, type: number, seq = 1): Said => ({
  at,
  action: "icmp.message",
  fields: {
    "icmp.type": type,
    "icmp.id": 77,
    "icmp.seq": seq,
    [type === 8 || type === 128 ? "destination.ip" : "source.ip"]: "192.0.2.1",
  },
});

it.each([
  ["ICMP", 8, 0],
  ["ICMPv6", 128, 129],
])("a ping over %s is known by identifier, number and host", (_name, request, reply) => {
  expect(taken(icmpClues, { format: "pcap" }, [echo(1, request), echo(1.2, reply)])).toEqual([
    ["icmp.request.sent 77 1 192.0.2.1", -EVER, by(1)],
    ["icmp.request.got 77 1 192.0.2.1", 1, EVER],
    ["icmp.reply.sent 77 1 192.0.2.1", -EVER, by(1.2)],
    ["icmp.reply.got 77 1 192.0.2.1", 1.2, EVER],
    ["icmp.served 77 1 192.0.2.1", 1, by(1.2)],
  ]);
});

it("other messages tell nothing", () => {
  expect(taken(icmpClues, { format: "pcap" }, [echo(1, 3), echo(2, 11)])).toEqual([]);
});

it("a reply belongs to the request of its number", () => {
  const keys = taken(icmpClues, { format: "pcap" }, [echo(1, 8, 1), echo(2, 8, 2), echo(2.1, 0, 2)]).map(
    ([key]) => key,
  );
  expect(keys.filter((key) => key.startsWith("icmp.served"))).toEqual(["icmp.served 77 2 192.0.2.1"]);
});
