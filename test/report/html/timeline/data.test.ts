import { describe, expect, it } from "@jest/globals";
import { SCRIPT } from "../../../../src/report/html/generated-client.js";
import { timelineData, timelineFindings } from "../../../../src/report/html/timeline/data.js";
import {
  arrowsOf,
  findingRows,
  placed,
  stretchOfFinding,
} from "../../../../src/report/html/timeline/findings.js";
import { pack, unpack } from "../../../../src/report/html/timeline/pack.js";
import { factsOf, TimelineClock } from "../../../../src/report/html/timeline/words.js";
import type { Picture } from "../../../../src/report/study.js";
import { badDns } from "../../sample-bad-dns.js";
import { NOTHING_DRAWN, studyFrom } from "../study-of.js";
import { bar, items, mark } from "./items.js";

const ORIGIN = Date.UTC(2026, 10, 22, 0, 52, 30) * 1000;
const picture: Picture = {
  ...NOTHING_DRAWN,
  origin: ORIGIN,
  length: 1e7,
  densities: [{ source: "a.log", width: 1024, first: 3, counts: [1, 0, 2], estimated: true }],
  bars: [
    bar(0, 5, { findingIds: ["f", "g"], entities: { container: "web" } }),
    bar(2.125, 9, { outcome: "failure", to: { earliest: 9, latest: 12.5 }, source: "b.log", line: 7 }),
  ],
  marks: [mark(3, { stamped: 3_217_003 }), mark(4, { latest: 1000.25, entities: { container: "web" } })],
};

describe("the picture in the page", () => {
  it("comes out as it went in", () => {
    expect(unpack(JSON.parse(JSON.stringify(pack(picture))))).toEqual(picture);
  });

  it("is a quarter of its size when it is large", () => {
    const many = Array.from({ length: 1000 }, (_, i) =>
      bar(i * 1000, i * 1000 + 500, { line: i, entities: { container: "web" } }),
    );
    const large = { ...picture, bars: many };
    expect(JSON.stringify(pack(large)).length).toBeLessThan(JSON.stringify(large).length / 4);
  });

  it("shows what would act on a reader as what it is", () => {
    const [shown] = unpack(
      pack({ ...picture, bars: [bar(0, 1, { label: "a\u202eb\u0000c", entities: { host: "x\u001b[2J" } })] }),
    ).bars;
    expect(shown).toMatchObject({ label: "a\\u202eb\\x00c", entities: { host: "x\\x1b[2J" } });
  });
});

describe("the page's script", () => {
  it("stays below 150 KB, timeline and all", () => {
    expect(SCRIPT.length).toBeLessThan(150_000);
  });
});

describe("findings on the timeline", () => {
  const study = studyFrom(badDns(), { picture });

  it("stand in the order of the story, then the others", () => {
    const { report } = study;
    const steps = report.story.flatMap(({ steps }) => steps.map(({ findingId }) => findingId));
    const ids = timelineFindings(study).map(({ id }) => id);
    expect(ids.slice(0, steps.length)).toEqual(steps);
    expect([...ids].sort()).toEqual(report.findings.map(({ id }) => id).sort());
  });

  it("have their times after the picture's origin, and none without a known time", () => {
    const { findings } = timelineData(study);
    const { from } = study.report.findings.find(({ id }) => id === findings[0]!.id)!;
    const earliest = typeof from === "string" ? from : from!.earliest;
    expect(findings[0]!.span!.from).toBeCloseTo(Date.parse(earliest) * 1000 - ORIGIN, -4);
    expect(timelineData(studyFrom(badDns())).findings.map(({ span }) => span)).toEqual(
      findings.map(() => null),
    );
  });

  const made = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      id: `f${i}`,
      title: "",
      summary: "",
      severity: "high" as const,
      span: { from: i, latestFrom: i, to: i + 0.5 },
      causedBy: i > 0 ? [`f${i - 1}`] : ["unknown"],
      told: false,
    }));

  it("have arrows from cause to effect where both have a row of their own", () => {
    const rows = findingRows(placed(made(20)));
    expect(rows.filter(({ titled }) => titled).length).toBe(12);
    expect(arrowsOf(rows).map(({ cause, effect }) => `${cause.finding.id} ${effect.finding.id}`)).toEqual(
      Array.from({ length: 11 }, (_, i) => `f${i} f${i + 1}`),
    );
  });

  it("share few rows when there are many", () => {
    const rows = findingRows(
      made(500).map((finding) => ({ ...finding, span: { ...finding.span, to: 1e6 } })),
    );
    expect(Math.max(...rows.map(({ row }) => row))).toBe(12 + 4 - 1);
  });

  it("reach over all that they cite", () => {
    const cited = items(
      [bar(-100, -50, { findingIds: ["f3"] })],
      [mark(900, { findingIds: ["f3"] }), mark(5000)],
    );
    expect(stretchOfFinding(made(4)[3]!, cited)).toEqual({ from: -100, to: 900 });
  });
});

describe("the words of an item", () => {
  const clock = new TimelineClock(ORIGIN);
  const said = (...given: Parameters<typeof items>) =>
    Object.fromEntries(factsOf(items(...given)[0]!, clock));

  it("tell both times where a clock was corrected", () => {
    expect(said([], [mark(3, { stamped: 3_217_003 })])).toMatchObject({
      Time: "2026-11-22 00:52:30.000003",
      "As stamped": "2026-11-22 00:52:33.217003 (3.217 s ahead)",
    });
  });

  it("tell how far a time is uncertain, and how long a transaction took at least and at most", () => {
    expect(said([bar(0, 0, { to: { earliest: 0, latest: 2e6 } })])).toMatchObject({ Took: "up to 2.000 s" });
    expect(said([bar(0, 9e6, { from: { earliest: 0, latest: 4e6 }, outcome: "failure" })])).toMatchObject({
      Kind: "dns.lookup, failure",
      Began: "2026-11-22 00:52:30.000000 or up to 4 s later",
      Took: "5.000 s to 9.000 s",
      Record: "a.log:1",
    });
  });

  it("tell nanoseconds where they are known", () => {
    expect(clock.point(525_263.649)).toBe("2026-11-22 00:52:30.525263649");
    expect(clock.point(525_263.9999)).toBe("2026-11-22 00:52:30.525264");
    expect(clock.point(-1)).toBe("2026-11-22 00:52:29.999999");
  });

  it("tell the day of a short time only where there are several", () => {
    expect(new TimelineClock(ORIGIN, 1e6).short(1)).toBe("00:52:30.000");
    expect(new TimelineClock(ORIGIN, 86_400e6).short(1)).toBe("2026-11-22 00:52:30.000");
  });

  it("tell the view with as many digits as it needs", () => {
    expect(clock.view({ from: 0, to: 40e6 })).toBe("2026-11-22 00:52:30 to 00:53:10 UTC (40.0 s)");
    expect(clock.view({ from: 0, to: 40 })).toBe("2026-11-22 00:52:30.000000 to 00:52:30.000040 UTC (40 µs)");
    expect(clock.view({ from: 0, to: 86_400e6 })).toBe(
      "2026-11-22 00:52:30 to 2026-11-23 00:52:30 UTC (24 h 0 min)",
    );
  });
});
