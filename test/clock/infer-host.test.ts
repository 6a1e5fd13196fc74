import { describe, expect, it } from "@jest/globals";
import type { HostFacts } from "../../src/clock/host/facts.js";
import { type ClockOptions, inferClocks } from "../../src/clock/infer.js";
import type { Observed } from "../../src/clock/observed.js";
import { SourceClock } from "../../src/clock/source-clock.js";
import { namedZone } from "../../src/clock/zone.js";
import type { StampKind } from "../../src/model/stamp.js";

const utc = (text: string) => Date.parse(text) * 1000;
const SECOND = 1e6;

const fact = <T>(value: T, path: string) => ({ value, path });
const HOST: HostFacts = {
  root: "sos",
  name: fact("node-1", "sos/etc/hostname"),
  zone: fact(namedZone("Europe/Berlin"), "sos/etc/timezone"),
  collected: fact(utc("2026-11-22T03:50:45Z"), "sos/date"),
  boot: fact({ at: utc("2026-11-20T00:00:00Z"), within: SECOND }, "sos/proc/stat"),
};

let ids = 0;
const observed = (
  kind: StampKind,
  texts: string[],
  host: HostFacts | undefined,
  path = "sos/var/log/messages",
): Observed => ({
  source: ids++,
  path,
  samples: texts.map((text, i) => ({ line: i + 1, outer: { kind, text } })),
  host,
});

/** The times that a source's stamps get beside others. */
function times(source: Observed, others: Observed[] = [], options: ClockOptions = {}) {
  const inferred = inferClocks([...others, source], options).get(source.source)!;
  const clock = new SourceClock(inferred.completion);
  const got = source.samples.map(({ outer }, i) => {
    clock.stamp(outer.kind, outer.text, i + 1);
    return [clock.us, clock.latest];
  });
  return { got: got.map(([us]) => us), latest: got.map(([, latest]) => latest), inferred };
}

describe("the clock of a source in a bundle", () => {
  it("is in its host's zone, on both sides of a change to summer time", () => {
    const { got, inferred } = times(
      observed("datetime", ["2026-03-29 01:30:00", "2026-03-29 03:30:00"], HOST),
    );
    expect(got).toEqual([utc("2026-03-29T00:30:00Z"), utc("2026-03-29T01:30:00Z")]);
    expect(inferred.clock.basis).toBe(
      "local time, read as Europe/Berlin, the zone of node-1 (sos/etc/timezone)",
    );
  });

  it("is what the user says, if he says it", () =>
    expect(times(observed("datetime", ["2026-01-01 12:00:00"], HOST), [], { tz: "+03:00" }).got).toEqual([
      utc("2026-01-01T09:00:00Z"),
    ]));

  it("is not the host's where a container wrote it", () => {
    const { got, inferred } = times(
      observed("datetime", ["2026-01-01 12:00:00"], HOST, "sos/sos_commands/docker/docker_logs_web"),
    );
    expect(got).toEqual([utc("2026-01-01T12:00:00Z")]);
    expect(inferred.clock.basis).toMatch(/read as UTC/);
  });

  it.each([
    [
      "in the year that it was collected in",
      ["Nov 21 12:00:00", "Nov 22 04:00:00"],
      ["2026-11-21T11:00:00Z", "2026-11-22T03:00:00Z"],
    ],
    ["in the year before, where it would be in the future", ["Dec 24 12:00:00"], ["2025-12-24T11:00:00Z"]],
    [
      "in two years, where a New Year lies in it",
      ["Dec 24 12:00:00", "Mar  1 12:00:00"],
      ["2025-12-24T11:00:00Z", "2026-03-01T11:00:00Z"],
    ],
  ])("is %s", (_, stamps, expected) => {
    const { got, inferred } = times(observed("syslog", stamps, HOST));
    expect(got).toEqual(expected.map(utc));
    expect(inferred.clock.basis).toMatch(/the last before sos\/date\), read as Europe\/Berlin/);
  });

  it("is wall time from the boot on, certain to within what the boot is known to", () => {
    const { got, latest, inferred } = times(observed("monotonic", ["0.000000", "3600.500000"], HOST));
    expect(got).toEqual([utc("2026-11-20T00:00:00Z"), utc("2026-11-20T01:00:00.5Z")]);
    expect(latest).toEqual(got.map((us) => us! + SECOND));
    expect(inferred).toMatchObject({
      island: undefined,
      clock: {
        basis: "spans since the boot of node-1 (sos/proc/stat)",
        offset: { min: -1, max: 0, best: 0 },
        floating: false,
      },
    });
  });

  it.each([
    ["several boots", ["100.0", "5.0"]],
    ["a boot that was longer", ["999999.0"]],
  ])("stays unknown where its spans are of %s", (_, stamps) =>
    expect(times(observed("monotonic", stamps, HOST)).inferred.clock).toMatchObject({
      basis: "spans from an unknown beginning",
      floating: true,
    }),
  );

  it("takes its date from its own host's sources before others", () => {
    const others = [
      observed("rfc3339", ["2026-11-21T23:30:00Z"], HOST),
      observed("rfc3339", ["2026-05-01T00:00:00Z"], undefined, "other/log"),
    ];
    const { got } = times(observed("hms", ["00:45:00"], HOST), others);
    // In Berlin, it is the 22nd already.
    expect(got).toEqual([utc("2026-11-21T23:45:00Z")]);
  });
});
