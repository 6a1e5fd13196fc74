import { describe, expect, it } from "@jest/globals";
import { inferClocks } from "../../src/clock/infer.js";
import { NoSuchSource } from "../../src/clock/named.js";
import { inferred, observed } from "./observing.js";

const access = () => observed("rfc3339", ["2026-11-22T03:52:32Z"], { path: "web1/access.log" });
const dump = () => observed("none", [], { path: "host.pcap", range: [1e15, 2e15] });
const trace = () => observed("none", [""], { path: "curl.strace" });

describe("an offset that the user tells", () => {
  it("is taken off the stamps, which are ahead by it, and shown with its basis", () => {
    const { times, clock } = inferred([access()], { offsets: [{ pattern: "access.log", seconds: 3.2 }] });
    expect(times).toEqual(["2026-11-22T03:52:28.800Z"]);
    expect(clock).toMatchObject({
      offset: { min: 3.2, max: 3.2, best: 3.2 },
      basis: "its stamps say date, time and zone; as told: +3.2 s",
    });
  });

  it("holds for stamps of any kind, and for captures", () => {
    const offsets = [{ pattern: "*", seconds: -60 }];
    const syslog = observed("syslog", ["Nov 22 03:52:32"]);
    expect(inferred([syslog], { year: 2026, offsets }).times).toEqual(["2026-11-22T03:53:32Z"]);
    expect(inferred([observed("monotonic", ["5.0"])], { offsets }).times).toEqual(["1970-01-01T00:01:05Z"]);
    expect(inferred([dump()], { offsets }).completion.correction!.at(1e15)).toEqual({ lo: 60e6, hi: 60e6 });
  });

  it("moves what takes its date from the source", () => {
    const night = observed("rfc3339", ["2026-11-22T23:59:30Z"], { path: "daemon.log" });
    const offsets = [{ pattern: "daemon.log", seconds: -60 }];
    const trace = observed("hms", ["00:00:31.0"]);
    expect(inferred([trace, night]).times).toEqual(["2026-11-22T00:00:31Z"]);
    expect(inferred([trace, night], { offsets }).times).toEqual(["2026-11-23T00:00:31Z"]);
  });

  it("may be told of a clock as a report without it shows it, and makes another clock of one of its sources", () => {
    const [a, b] = [access(), observed("rfc3339", ["2026-11-22T03:52:33Z"], { path: "web2/access.log" })];
    const all = inferClocks([a, b], { offsets: [{ pattern: "clock-1", seconds: 1 }] });
    expect([a, b].map(({ source }) => all.get(source)!.clock.offset!.best)).toEqual([1, 1]);
    const one = inferClocks([a, b], { offsets: [{ pattern: "web2/access.log", seconds: 1 }] });
    expect([a, b].map(({ source }) => one.get(source)!.clock.id)).toEqual(["clock-1", "clock-2"]);
  });

  it("holds as told last", () => {
    const offsets = [
      { pattern: "**", seconds: 5 },
      { pattern: "web1/access.log", seconds: 0 },
    ];
    expect(inferred([access()], { offsets }).times).toEqual(["2026-11-22T03:52:32Z"]);
  });

  it("passes over what a pattern finds without stamps, and is wrong for such a source alone", () => {
    const of = (pattern: string) => inferred([access(), trace()], { offsets: [{ pattern, seconds: 5 }] });
    expect(of("**").times).toEqual(["2026-11-22T03:52:27Z"]);
    expect(() => of("curl.strace")).toThrow(/--offset curl\.strace: its records have no time stamps/);
  });
});

describe("a source that the user names, and that is none", () => {
  it.each([
    [
      { offsets: [{ pattern: "acess.log", seconds: 1 }] },
      /^--offset acess\.log: no source is called so; there are web1\/access\.log, on clock-1$/,
    ],
    [{ reference: "dump.pcap" }, /^--reference dump\.pcap: no source is called so/],
  ])("is an error: %j", (options, message) => {
    expect(() => inferred([access()], options)).toThrow(NoSuchSource);
    expect(() => inferred([access()], options)).toThrow(message);
  });

  it("changes nothing where it is one", () =>
    expect(inferred([access()], { reference: "web1/*", align: false }).times).toEqual([
      "2026-11-22T03:52:32Z",
    ]));
});
