import { describe, expect, it } from "@jest/globals";
import { namedZone } from "../../src/clock/zone.js";
import { inferred, observed } from "./observing.js";

const HOST = { root: "sos", name: { value: "node-1", path: "sos/etc/hostname" } };
const LOCAL = ["2026-11-22 06:52:32"];
const app = (more = {}) => observed("datetime", LOCAL, { path: "sos/app.log", host: HOST, ...more });
const zoned = (stamp: string, more = {}) =>
  observed("rfc3339", [stamp], { path: "sos/daemon.log", host: HOST, ...more });

describe("a source without a zone", () => {
  it("is in that of another source below the same root, whose stamps name one", () => {
    const { times, clock } = inferred([app(), zoned("2026-11-22T06:52:33+03:00")]);
    expect(times).toEqual(["2026-11-22T03:52:32Z"]);
    expect(clock).toMatchObject({
      zone: "UTC+03:00",
      basis: "local time, read as UTC+03:00, the zone of node-1 in sos/daemon.log",
    });
  });

  it("is in that of another source whose records name the same host, by its whole name or its first label", () => {
    const named = (own: string, other: string) =>
      inferred([
        observed("datetime", LOCAL, { name: own }),
        zoned("2026-11-22T06:52:33+03:00", { host: undefined, name: other }),
      ]).times[0];
    expect(named("node-1", "node-1")).toBe("2026-11-22T03:52:32Z");
    expect(named("node-1.example.net", "NODE-1")).toBe("2026-11-22T03:52:32Z");
    expect(named("node-1", "node-1.example.net")).toBe("2026-11-22T03:52:32Z");
    expect(named("node-1.example.org", "node-1.example.net")).toBe("2026-11-22T06:52:32Z");
    expect(named("10.0.0.1", "10.0.0.2")).toBe("2026-11-22T06:52:32Z");
  });

  it("is in that which another source's inner stamps tell", () => {
    const journal = observed("syslog", ["Nov 22 05:00:00"], { host: HOST, inner: ["2026-11-22T04:00:00Z"] });
    expect(inferred([app(), journal]).times).toEqual(["2026-11-22T05:52:32Z"]);
  });

  it.each<[string, ReturnType<typeof zoned>]>([
    ["is of another host", zoned("2026-11-22T06:52:33+03:00", { host: { root: "other" } })],
    ["writes UTC, as many do on hosts in any zone", zoned("2026-11-22T03:52:33Z")],
    ["a container wrote", zoned("2026-11-22T06:52:33+03:00", { path: "sos/containers/web.log" })],
  ])("is not in that of a source that %s", (_, other) => {
    const { times, clock } = inferred([app(), other]);
    expect(times).toEqual(["2026-11-22T06:52:32Z"]);
    expect(clock.basis).toBe("local time without a zone, read as UTC (--tz says otherwise)");
  });

  it("is read as UTC where others disagree, and says so", () => {
    const others = [
      zoned("2026-11-22T06:52:33+03:00"),
      zoned("2026-11-22T04:52:33+01:00", { path: "sos/b.log" }),
    ];
    const { times, clock } = inferred([app(), ...others]);
    expect(times).toEqual(["2026-11-22T06:52:32Z"]);
    expect(clock.basis).toBe(
      "local time without a zone, read as UTC (sos/daemon.log shows UTC+03:00, sos/b.log UTC+01:00; --tz says which)",
    );
  });

  it("is in its bundle's zone before that of others, and in what the user says before all", () => {
    const berlin = { ...HOST, zone: { value: namedZone("Europe/Berlin"), path: "sos/etc/timezone" } };
    const other = zoned("2026-11-22T06:52:33+03:00");
    expect(inferred([app({ host: berlin }), other]).times).toEqual(["2026-11-22T05:52:32Z"]);
    expect(inferred([app({ host: berlin }), other], { tz: "-05:00" }).times).toEqual([
      "2026-11-22T11:52:32Z",
    ]);
  });
});

describe("a source with stamps of several forms", () => {
  it("has each stamp in the zone that it names, and those without in that of the others", () => {
    const { times, clock } = inferred([
      observed("datetime", ["2026-11-22 06:52:32 +03:00", "2026-11-22 06:52:33"]),
    ]);
    expect(times).toEqual(["2026-11-22T03:52:32Z", "2026-11-22T03:52:33Z"]);
    expect(clock.basis).toBe("local time, read as UTC+03:00, as other stamps in it are");
  });

  it("has stamps of different zones each in its own; those without are in none of them", () => {
    const { times } = inferred([
      observed("datetime", [
        "2026-11-22 06:52:32 +03:00",
        "2026-11-22 04:52:33 +01:00",
        "2026-11-22 06:52:34",
      ]),
    ]);
    expect(times).toEqual(["2026-11-22T03:52:32Z", "2026-11-22T03:52:33Z", "2026-11-22T06:52:34Z"]);
  });

  it("completes the few stamps that lack year and zone by the many that have them", () => {
    const { times, clock } = inferred([
      observed("rfc3339", [
        "2026-12-31T23:50:00+03:00",
        "2026-12-31T23:59:00+03:00",
        ["syslog", "Dec 31 23:59:59"],
        ["syslog", "Jan  1 00:00:01"],
      ]),
    ]);
    expect(times.slice(2)).toEqual(["2026-12-31T20:59:59Z", "2026-12-31T21:00:01Z"]);
    expect(clock.basis).toBe(
      "its stamps say date, time and zone, or are read as UTC+03:00, as other stamps in it are",
    );
  });

  it("has stamps inside its records over summer time, where its bundle knows of it", () => {
    const berlin = { ...HOST, zone: { value: namedZone("Europe/Berlin"), path: "sos/etc/timezone" } };
    const stamps = ["Oct 24 12:00:00", "Oct 26 12:00:00"];
    const inner = ["2026-10-24T10:00:00Z", "2026-10-26T11:00:00Z"];
    expect(inferred([observed("syslog", stamps, { host: berlin, inner })]).times).toEqual([
      "2026-10-24T10:00:00Z",
      "2026-10-26T11:00:00Z",
    ]);
  });
});

describe("a clock's identity", () => {
  it.each<[string, Parameters<typeof observed>, object]>([
    [
      "the nanoseconds that its longest stamp shows",
      ["rfc3339", ["2026-11-22T03:52:32.5Z", "2026-11-22T03:52:32.525263649Z"]],
      { resolution: 1e-9 },
    ],
    [
      "milliseconds behind a comma",
      ["datetime", ["2026-11-22 03:52:32,123"]],
      { resolution: 1e-3, zone: "UTC" },
    ],
    ["whole seconds", ["clf", ["22/Nov/2026:03:52:37 +0000"]], { resolution: 1 }],
    ["whole minutes", ["datetime", ["2026-11-22 03:52"]], { resolution: 60 }],
    ["microseconds of a kernel", ["monotonic", ["1386422010"]], { resolution: 1e-6 }],
    [
      "microseconds of a process that counts milliseconds",
      ["sincestart_ms", ["106.197"]],
      { resolution: 1e-6 },
    ],
    ["its bundle's host", ["epoch", ["1795319188"], { host: HOST }], { host: "node-1" }],
    [
      "the host that its records name",
      ["epoch", ["1795319188"], { host: HOST, name: "web1" }],
      { host: "web1" },
    ],
    [
      "what its format's stamps stand for",
      ["epoch", ["1795319188"], { standsFor: "end" }],
      { standsFor: "end" },
    ],
    [
      "the step of a capture's stamps",
      ["none", [], { range: [1, 2], resolution: 1e-9 }],
      { kind: "epoch", resolution: 1e-9 },
    ],
  ])("tells %s", (_, source, identity) => {
    expect(inferred([observed(...source)]).clock).toMatchObject(identity);
  });

  it("has a year where that was worked out", () =>
    expect(
      inferred([observed("syslog", ["Nov 22 03:52:32"]), zoned("2026-11-22T03:52:33Z")]).clock,
    ).toMatchObject({ year: 2026, zone: "UTC" }));

  it("names no host where its records name several, and no zone where its stamps say theirs", () => {
    const relayed = observed("syslog", ["Nov 22 03:52:32", "Nov 22 03:52:33"]);
    relayed.samples.forEach((sample, i) => {
      sample.host = `web${i}`;
    });
    expect(inferred([relayed], { year: 2026 }).clock.host).toBeUndefined();
    expect(inferred([zoned("2026-11-22T06:52:33+03:00")]).clock.zone).toBeUndefined();
  });

  it("is one for sources of one host that are stamped alike, with the finest step of them, and another for another host's", () => {
    const [a, b, c] = [
      observed("epoch", ["1795319188"], { name: "web1", standsFor: "end" }),
      observed("epoch", ["1795319188.5"], { name: "web1", standsFor: "start" }),
      observed("epoch", ["1795319188"], { name: "web2" }),
    ];
    const { clock } = inferred([a, b, c]);
    expect(clock).toMatchObject({ sources: [a.source, b.source], host: "web1", resolution: 0.1 });
    expect(clock.standsFor).toBeUndefined();
  });
});
