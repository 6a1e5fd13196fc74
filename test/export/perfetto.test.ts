import { describe, expect, it } from "@jest/globals";
import { exportPerfetto } from "../../src/export/perfetto/export.js";
import type { Bar, Picture } from "../../src/report/study.js";
import { event, HOSTILE, handover, type LeftOut, NOON, report, textOf, undated } from "./samples.js";

interface Trace {
  traceEvents: TraceEvent[];
  otherData: Record<string, unknown>;
}
interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur: number;
  pid: number;
  tid: number;
  id: number;
  args: Record<string, unknown>;
}

const bar = (from: number, to: number, given: Partial<Bar> = {}): Bar => ({
  source: "web1/journal.txt",
  line: 5,
  action: "dns.lookup",
  label: `a.test ${from}`,
  outcome: "failure",
  from: { earliest: from, latest: from },
  to: { earliest: to, latest: to },
  entities: { resolver: "10.0.0.1" },
  findingIds: [],
  ...given,
});

const picture = (bars: Bar[]): Picture => ({
  origin: NOON - 7_000_000,
  length: 10_000_000,
  densities: [],
  bars,
  marks: [],
  totals: { bars: bars.length, marks: 0, records: 2 },
});

async function trace(...given: Parameters<typeof handover>): Promise<Trace> {
  return JSON.parse(await textOf(exportPerfetto, handover(...given))) as Trace;
}

const of = (phase: string, { traceEvents }: Trace) => traceEvents.filter(({ ph }) => ph === phase);

/** What the format asks for: names of tracks, slices of one track that nest, arrows whose ends lie within slices. */
function check(one: Trace): void {
  const named = new Map<string, string>();
  for (const { name, pid, tid, args } of of("M", one))
    if (name === "thread_name") named.set(`${pid}/${tid}`, String(args["name"]));
  const slices = new Map<string, TraceEvent[]>();
  for (const each of [...of("X", one), ...of("i", one)]) {
    expect(named.has(`${each.pid}/${each.tid}`)).toBe(true);
    expect(Number.isFinite(each.ts)).toBe(true);
    if (each.ph !== "X") continue;
    expect(each.dur).toBeGreaterThanOrEqual(0);
    const track = slices.get(`${each.pid}/${each.tid}`) ?? [];
    for (const other of track)
      expect(each.ts >= other.ts + other.dur || each.ts + each.dur <= other.ts).toBe(true);
    slices.set(`${each.pid}/${each.tid}`, [...track, each]);
  }
  const within = ({ pid, tid, ts }: TraceEvent) =>
    slices.get(`${pid}/${tid}`)!.some((slice) => ts >= slice.ts && ts <= slice.ts + slice.dur);
  const [starts, ends] = [of("s", one), of("f", one)];
  expect(starts.map(({ id }) => id)).toEqual(ends.map(({ id }) => id));
  for (const [i, start] of starts.entries()) {
    expect(within(start) && within(ends[i]!)).toBe(true);
    expect(ends[i]!.ts).toBeGreaterThanOrEqual(start.ts);
  }
}

describe("a trace for Perfetto", () => {
  it("has findings on top, an arrow from cause to effect, and tells of those without a time", async () => {
    const leftOut: LeftOut = [];
    const one = await trace([], { report: report(), picture: picture([]) }, leftOut);
    check(one);
    const [cause, effect] = of("X", one);
    expect(cause).toMatchObject({ name: "A DNS server did not answer in time", dur: 5_002_251 });
    expect(effect).toMatchObject({ name: "A request was given up", ts: 7_000_000.699, dur: 1 });
    expect(of("s", one)).toHaveLength(1);
    expect(of("s", one)[0]).toMatchObject({ pid: cause!.pid, tid: cause!.tid });
    expect(leftOut).toEqual(["1 finding: it has no time on the common clock"]);
  });

  it("has transactions as slices by kind, those that overlap on tracks of their own", async () => {
    const bars = [bar(0, 10), bar(5, 8), bar(9, 12), bar(10, 11), bar(20, 20)];
    const one = await trace([], { report: report({ findings: [] }), picture: picture(bars) });
    check(one);
    const [first, second, third, fourth] = of("X", one);
    expect(new Set([first!.tid, second!.tid]).size).toBe(2);
    // As soon as a track is free it is used again.
    expect(third!.tid).toBe(second!.tid);
    expect(fourth!.tid).toBe(first!.tid);
    expect(first).toMatchObject({ name: "a.test 0", args: { outcome: "failure", resolver: "10.0.0.1" } });
  });

  it("has events as instants in their source's process, to the nanosecond", async () => {
    const one = await trace([event(), event({ source: "c.pcap", action: "dns.query" })], {
      report: report({ findings: [] }),
      picture: picture([]),
    });
    check(one);
    const [first, second] = of("i", one);
    expect(first).toMatchObject({ name: "registry.v2_error", ts: 7_000_000.699 });
    expect(first!.args).toMatchObject({ message: "Error getting v2 registry", "log.origin.file.line": 5 });
    expect(first!.pid).not.toBe(second!.pid);
    expect(one.otherData).toMatchObject({ origin_us: NOON - 7_000_000, generator: "hindcast 1.2.3" });
  });

  it("counts what it cannot show", async () => {
    const leftOut: LeftOut = [];
    const drawn = picture([bar(0, 1)]);
    drawn.totals.bars = 5;
    const one = await trace(
      [undated(), event()],
      { report: report({ findings: [] }), picture: drawn },
      leftOut,
    );
    expect(of("i", one)).toHaveLength(1);
    expect(leftOut).toEqual([
      "4 transaction: of very many, and of several alike, only some are drawn",
      "1 record: it has no time on the common clock",
    ]);
  });

  it("begins at the first event where nothing else tells when", async () => {
    const one = await trace([event({ ns: 0 }), event({ time: NOON + 5, latest: NOON + 5, ns: 0 })]);
    expect(of("i", one).map(({ ts }) => ts)).toEqual([0, 5]);
  });

  it("is whole whatever stands in evidence, and where there is nothing", async () => {
    const bars = HOSTILE.map((text, i) => bar(i, i + 1, { label: text, source: text }));
    const events = HOSTILE.map((text) => event({ text, source: text, action: text }));
    const one = await trace(events, { report: report(), picture: picture(bars) });
    check(one);
    expect(of("i", one)).toHaveLength(HOSTILE.length);
    expect((await trace([])).traceEvents).toEqual([]);
  });
});
