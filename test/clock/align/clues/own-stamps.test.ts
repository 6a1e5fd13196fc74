import { describe, expect, it } from "@jest/globals";
import { forwarderLog } from "../../../../src/clock/align/clues/forwarder-log.js";
import { logLines } from "../../../../src/clock/align/clues/log-lines.js";
import { taken } from "./told.js";

const inner = { "@timestamp": "2026-11-22T03:52:37.526690699Z", "@timestamp.kind": "rfc3339" };
const asked = {
  at: 7,
  action: "resolver.forward",
  fields: {
    ...inner,
    "dns.question.name": "registry.test",
    "dns.question.type": "A",
    "source.ip": "172.18.0.2",
    "source.port": 40001,
  },
};

describe("records with a stamp inside", () => {
  it("tell nothing of a clock that counts from its boot", () => {
    expect(taken(forwarderLog, { stamp: "monotonic", format: "dmesg" }, [asked])).toEqual([]);
    expect(taken(forwarderLog, { stamp: "syslog", format: "journal-short" }, [asked])).toHaveLength(1);
  });

  it("tell nothing of a clock that is not the one inside", () => {
    expect(taken(forwarderLog, { stamp: "syslog", innerApart: true }, [asked])).toEqual([]);
  });

  it("leave the records without one to tell of that clock", () => {
    const entry = {
      at: 7,
      action: "log.line",
      fields: {
        "@timestamp.kind": "syslog",
        "@timestamp": "Nov 22 03:52:37.000000",
        "host.hostname": "corpdev1",
        "process.pid": 1,
        message: "Started Docker Application Container Engine.",
      },
    };
    const source = { stamp: "syslog", format: "journal-short", innerApart: true } as const;
    expect(
      taken(logLines, source, [entry, { ...entry, fields: { ...entry.fields, ...inner } }]),
    ).toHaveLength(1);
  });
});
