import { describe, expect, it } from "@jest/globals";
import { forwarderLog } from "../../../../src/clock/align/clues/forwarder-log.js";
import type { Fields } from "../../../../src/model/event.js";
import { taken } from "./told.js";

const forward = (at: number, fields: Fields) => ({ at, action: "resolver.forward", fields });
const answer = (at: number, fields: Fields) => ({ at, action: "resolver.answer", fields });
const name = { "dns.question.name": "registry.test", "dns.question.type": "A" };

describe("clues from resolvers' own questions", () => {
  it("has systemd-resolved send after it chose a server, and hear before the transaction is complete", () => {
    const clues = taken(forwarderLog, {}, [
      forward(1, { "dns.id": 4711, "dns.server.ip": "192.0.2.1" }),
      forward(6, { "dns.id": 4711, "dns.server.ip": "192.0.2.53" }),
      answer(6.5, { "dns.id": 4711, ...name, "resolver.result": "success" }),
    ]);
    expect(
      clues.map(([key, ...window]) => [key.split(" ")[0], key.includes("192.0.2.53"), ...window]),
    ).toEqual([
      ["dns.question.sent", true, 6, Number.POSITIVE_INFINITY],
      ["dns.answer.got", true, Number.NEGATIVE_INFINITY, 6.500001],
    ]);
  });

  it("says nothing of a transaction that nobody answered", () => {
    expect(
      taken(forwarderLog, {}, [
        forward(1, { "dns.id": 4711, "dns.server.ip": "192.0.2.1" }),
        answer(9, { "dns.id": 4711, ...name, "resolver.result": "attempts-max-reached" }),
      ]),
    ).toEqual([]);
  });

  const asked = (at: number, port: number, type = "A") =>
    forward(at, {
      ...name,
      "dns.question.type": type,
      "source.ip": "172.18.0.2",
      "source.port": port,
      "dns.server.ip": "192.0.2.53",
    });

  it("knows docker's questions by their sockets, and their answers by name, type and server", () => {
    expect(
      taken(forwarderLog, {}, [
        asked(1, 40001, "AAAA"),
        asked(1, 40002, "A"),
        answer(2, { ...name, "dns.server.ip": "192.0.2.53", "dns.resolved_ip": ["192.0.2.80"] }),
      ]),
    ).toEqual([
      ["dns.asked.sent registry.test AAAA 172.18.0.2 40001", 1, Number.POSITIVE_INFINITY],
      ["dns.asked.sent registry.test A 172.18.0.2 40002", 1, Number.POSITIVE_INFINITY],
      ["dns.asked.heard registry.test A 172.18.0.2 40002", Number.NEGATIVE_INFINITY, 2.000001],
    ]);
  });

  it("does not guess which of two equal questions was answered", () => {
    const clues = taken(forwarderLog, {}, [
      asked(1, 40001),
      asked(2, 40002),
      answer(3, { ...name, "dns.server.ip": "192.0.2.53" }),
    ]);
    expect(clues.map(([key]) => key.split(" ")[0])).toEqual(["dns.asked.sent", "dns.asked.sent"]);
  });
});
