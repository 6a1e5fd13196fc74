import { describe, expect, it } from "@jest/globals";
import type { Event } from "../../../src/model/event.js";
import { ClueRecords } from "../../../src/run/align/records.js";

const event = (offset: number, fields: Event["fields"]): Event => ({
  source: 3,
  line: 7,
  offset,
  length: 90,
  time: 1_000,
  ns: 5,
  latest: 1_001,
  action: "log.line",
  category: "host",
  fields,
});

const clueOf = (record: Event) => ({ key: "log x", source: 3, lo: 1, hi: 2, record });

describe("records behind clues", () => {
  it("are kept with what they are cited by", () => {
    const records = new ClueRecords();
    const kept = records.take(clueOf(event(40, { message: "Starting up" })));
    expect(records.of(kept)).toEqual(event(40, {}));
  });

  it("of which only the place is known are none", () => {
    const { source, line, offset, length } = event(40, {});
    expect(new ClueRecords().of({ source, line, offset, length })).toBeUndefined();
  });

  it("keep the fields of packets, by which these are described", () => {
    const records = new ClueRecords();
    const packet = event(40, { "network.type": "ipv4", "source.ip": "192.0.2.7" });
    records.take(clueOf(packet));
    expect(records.of(records.take(clueOf(packet)))).toEqual(packet);
  });

  it("are kept once, however many clues they give", () => {
    const records = new ClueRecords();
    const record = event(40, { message: "Starting up" });
    expect(records.take(clueOf(record))).toBe(records.take(clueOf(record)));
  });

  it("are known no more where they are too many, and still have their place", () => {
    const records = new ClueRecords();
    for (let i = 0; i < 50_000; i++) records.take(clueOf(event(i * 100, {})));
    const beyond = records.take(clueOf(event(5_000_000, { message: "Starting up" })));
    expect(beyond).toEqual({ source: 3, line: 7, offset: 5_000_000, length: 90 });
    expect(records.of(beyond)).toBeUndefined();
  });
});
