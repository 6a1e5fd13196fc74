import { describe, expect, it } from "@jest/globals";
import type { LookedAt } from "../../../../src/clock/align/clue.js";
import { logLines } from "../../../../src/clock/align/clues/log-lines.js";
import type { Fields } from "../../../../src/model/event.js";
import { taken } from "./told.js";

const words = "Started Docker Application Container Engine.";
const line = (fields: Fields, whole = false) => ({ at: 7, whole, action: "log.line", fields });
const taking = (at: Partial<LookedAt>, ...said: Parameters<typeof taken>[2]) => taken(logLines, at, said);

describe("clues from lines that several logs have", () => {
  it("knows a line by the nanoseconds of its stamp", () => {
    const stamp = "2026-11-22T03:52:37.526690699Z";
    expect(taking({}, line({ "@timestamp": stamp, "@timestamp.kind": "rfc3339", message: "x" }))).toEqual([
      [`log ${stamp}`, 7, 7.000001],
      ["shown.from 2026-11-22T03:52:37.526690", 7, Number.POSITIVE_INFINITY],
      ["shown.to 2026-11-22T03:52:37.526690", Number.NEGATIVE_INFINITY, 7.000001],
    ]);
  });

  it("does not take microseconds for distinct: two hosts may well log in the same one", () => {
    const stamp = "2026-11-22T03:52:37.526690Z";
    expect(taking({}, line({ "@timestamp": stamp, "@timestamp.kind": "rfc3339", message: words }))).toEqual(
      [],
    );
  });

  const entry = {
    "host.hostname": "corpdev1.example.net",
    "process.name": "systemd",
    "process.pid": 1,
    message: words,
  };

  it("knows an entry of the journal by host, process and words, whichever mode printed it", () => {
    const key = `copied corpdev1 1 ${words}`;
    expect(
      taking({ format: "journal-json", stamp: "epoch" }, line({ ...entry, "@timestamp.kind": "epoch" })),
    ).toEqual([[key, 7, 7.000001]]);
    const precise = { ...entry, "@timestamp.kind": "syslog", "@timestamp": "Nov 22 03:52:37.000000" };
    expect(taking({ format: "journal-short", stamp: "syslog" }, line(precise))).toEqual([[key, 7, 7.000001]]);
  });

  it("allows for what lies between journald and syslog where a line may be either's", () => {
    const short = line({ ...entry, "@timestamp.kind": "syslog", "@timestamp": "Nov 22 03:52:37" }, true);
    expect(taking({ format: "journal-short", stamp: "syslog" }, short)).toEqual([
      [`copied corpdev1 1 ${words}`, 6.75, 8.25],
    ]);
  });

  it("leaves catalogue texts below a message away", () => {
    const explained = line({ ...entry, message: `${words}\n-- Subject: a unit has started` });
    expect(taking({ format: "journal-json" }, explained)[0]![0]).toBe(`copied corpdev1 1 ${words}`);
  });

  it("does not know a line without host or process, or of a few letters", () => {
    expect(taking({}, line({ ...entry, "host.hostname": undefined }))).toEqual([]);
    expect(taking({}, line({ ...entry, "process.pid": undefined }))).toEqual([]);
    expect(taking({}, line({ ...entry, message: "ready" }))).toEqual([]);
  });

  it("takes no stamp inside a line for the clock of a source that counts from its boot", () => {
    const inner = {
      "@timestamp": "2026-11-22T03:52:37.526690699Z",
      "@timestamp.kind": "rfc3339",
      message: "x",
    };
    expect(taking({ format: "dmesg", stamp: "monotonic" }, line(inner))).toEqual([]);
  });

  it("takes a record once, whatever it tells", () => {
    const stamp = { "@timestamp": "2026-11-22T03:52:37.526690699Z", "@timestamp.kind": "rfc3339" };
    const clues: string[] = [];
    const source = {
      source: 0,
      path: "docker.log",
      format: "dockerd",
      stamp: "rfc3339",
      unstamped: false,
    } as const;
    const taker = logLines.of(source, ({ key }) => clues.push(key))!;
    const event = {
      source: 0,
      line: 1,
      offset: 0,
      length: 9,
      time: 7e6,
      ns: 0,
      latest: 7e6,
      category: "any",
      fields: stamp,
    };
    taker.take({ ...event, action: "registry.v2_error" });
    taker.take({ ...event, action: "log.line" });
    expect(clues.map((key) => key.split(" ")[0])).toEqual(["log", "shown.from", "shown.to"]);
  });
});
