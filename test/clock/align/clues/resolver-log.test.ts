import { describe, expect, it } from "@jest/globals";
import { resolverLog } from "../../../../src/clock/align/clues/resolver-log.js";
import type { Fields } from "../../../../src/model/event.js";
import { type Said, taken } from "./told.js";

const question = (at: number, fields: Fields): Said => ({
  at,
  whole: true,
  action: "resolver.query",
  fields: { "dns.question.name": "registry.test", "dns.question.type": "A", ...fields },
});
const answer = (at: number, fields: Fields): Said => ({ at, whole: true, action: "resolver.answer", fields });
const taking = (...said: Said[]) => taken(resolverLog, {}, said);

describe("clues from resolvers' logs", () => {
  it("has a question arrive before it is written down, and dnsmasq's answer leave after that", () => {
    const extra = { "source.ip": "192.0.2.7", "source.port": 40001, "dns.query_serial": 1, "process.pid": 9 };
    expect(
      taking(
        question(7, { ...extra, "client.ip": "192.0.2.7" }),
        answer(8, { ...extra, "dns.question.name": "registry.test", "resolver.answer_from": "server" }),
      ),
    ).toEqual([
      ["dns.asked.got registry.test A 192.0.2.7 40001", Number.NEGATIVE_INFINITY, 8],
      ["dns.asked.answered registry.test A 192.0.2.7 40001", 8, Number.POSITIVE_INFINITY],
    ]);
  });

  it("counts the first of several lines of one answer", () => {
    const line = { "dns.query_serial": 1, "resolver.answer_from": "server" };
    const keys = taking(
      question(7, { "client.ip": "192.0.2.7", "dns.query_serial": 1 }),
      answer(8, { ...line, "dns.question.name": "registry.test" }),
      answer(9, { ...line, "dns.question.name": "cdn.test" }),
    );
    expect(keys.map(([key, from]) => [key, from])).toEqual([
      ["dns.lookup.got registry.test A 192.0.2.7", Number.NEGATIVE_INFINITY],
      ["dns.lookup.answered registry.test A 192.0.2.7", 8],
    ]);
  });

  it("finds the question of an answer without a number by its name, if only one is open", () => {
    const answered = answer(9, { "dns.question.name": "registry.test", "resolver.answer_from": "cache" });
    const one = question(7, { "client.ip": "192.0.2.7" });
    const other = question(8, { "client.ip": "192.0.2.8" });
    expect(taking(one, answered).map(([key]) => key)).toContain(
      "dns.lookup.answered registry.test A 192.0.2.7",
    );
    expect(taking(one, other, answered).map(([key]) => key)).toEqual([
      "dns.lookup.got registry.test A 192.0.2.7",
      "dns.lookup.got registry.test A 192.0.2.8",
    ]);
  });

  it("allows for a syslog that stamped the answer's line late", () => {
    const through = { "dns.query_serial": 1, "host.hostname": "gw", "resolver.answer_from": "cache" };
    const [, answered] = taking(
      question(7, { "client.ip": "192.0.2.7", "dns.query_serial": 1 }),
      answer(7, through),
    );
    expect(answered).toEqual([
      "dns.lookup.answered registry.test A 192.0.2.7",
      6.95,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it("has unbound answer from its cache after the line, and else takes from its stamp how long it took", () => {
    const said = { "dns.question.name": "registry.test", "dns.question.type": "A", "source.ip": "192.0.2.7" };
    expect(taking(answer(7, { ...said, "resolver.cached": true, "resolver.seconds": 0 }))).toEqual([
      ["dns.lookup.answered registry.test A 192.0.2.7", 7, Number.POSITIVE_INFINITY],
      ["dns.lookup.got registry.test A 192.0.2.7", Number.NEGATIVE_INFINITY, 8],
    ]);
    expect(taking(answer(7, { ...said, "resolver.cached": false, "resolver.seconds": 2.5 }))).toEqual([
      ["dns.lookup.got registry.test A 192.0.2.7", Number.NEGATIVE_INFINITY, 5.5],
    ]);
  });

  it("takes one line for a question where both it and its answer are written down", () => {
    const said = { "dns.question.name": "registry.test", "dns.question.type": "A", "source.ip": "192.0.2.7" };
    expect(
      taking(question(7, said), answer(8, { ...said, "resolver.cached": false, "resolver.seconds": 1 })),
    ).toEqual([["dns.lookup.got registry.test A 192.0.2.7", Number.NEGATIVE_INFINITY, 8]]);
  });

  it("takes from CoreDNS' line how long ago the question came", () => {
    const said = {
      "dns.question.name": "registry.test",
      "dns.question.type": "AAAA",
      "source.ip": "10.1.0.4",
    };
    const [clue] = taken(resolverLog, {}, [
      {
        at: 7.25,
        action: "resolver.answer",
        fields: {
          ...said,
          "source.port": 50123,
          "event.duration": 150_000_000,
          "@timestamp": "2026-11-22T03:52:37.25Z",
        },
      },
    ]);
    // A stamp with two digits leaves ten milliseconds open.
    expect(clue).toEqual(["dns.asked.got registry.test AAAA 10.1.0.4 50123", Number.NEGATIVE_INFINITY, 7.11]);
  });

  it("names types as packets do", () => {
    expect(taking(question(7, { "client.ip": "192.0.2.7", "dns.question.type": "type=65" }))[0]![0]).toBe(
      "dns.lookup.got registry.test HTTPS 192.0.2.7",
    );
  });

  it("places questions by lines where there are no stamps", () => {
    const said = question(7, { "client.ip": "192.0.2.7" });
    expect(taken(resolverLog, { unstamped: true, stamp: "none" }, [said])).toEqual([
      ["dns.lookup.got registry.test A 192.0.2.7", Number.NEGATIVE_INFINITY, 1],
    ]);
  });
});
