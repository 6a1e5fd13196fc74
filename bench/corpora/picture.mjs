// A study with a picture as large as pictures may be: what the HTML report's timeline has to draw at most.
import { generator } from "./random.mjs";

const SOURCES = 50;
const BINS = 512;
const BARS = 4000;
const MARKS = 6000;
const FINDINGS = 30;
/** A week, µs. */
const LENGTH = 7 * 86_400e6;
const ORIGIN = 1_795_319_552e6;

const SEVERITIES = ["informational", "low", "medium", "high", "critical"];
const iso = (us) => `${new Date((ORIGIN + us) / 1000).toISOString().slice(0, -1)}000000Z`;

export function largestStudy() {
  const next = generator(11);
  const source = (i) => `node${i}/journal.log`;
  const entities = () => ({ container: `web-${next(20)}`, resolver: `10.0.0.${next(4)}` });
  const width = 2 ** Math.ceil(Math.log2(LENGTH / BINS));
  const densities = Array.from({ length: SOURCES }, (_, i) => ({
    source: source(i),
    width,
    first: 0,
    counts: Array.from({ length: BINS }, () => next(20_000)),
  }));
  const time = () => next(LENGTH / 1000) * 1000 + next(1000);
  const byTime = (key) => (a, b) => key(a) - key(b);
  const findings = Array.from({ length: FINDINGS }, (_, i) => {
    const from = time();
    return {
      id: `finding-${i}`,
      rule: "made-up",
      severity: SEVERITIES[i % 5],
      title: `Something went wrong for the ${i + 1}. time`,
      summary: "Nothing of this happened.",
      confidence: 0.5,
      from: iso(from),
      to: iso(from + next(3600e6)),
      count: 1,
      entities: {},
      causedBy: i % 12 === 0 ? [] : [`finding-${i - 1}`],
      evidence: [],
      remediation: [],
      verify: [],
    };
  });
  const cited = () => (next(20) === 0 ? [`finding-${next(FINDINGS)}`] : []);
  const bars = Array.from({ length: BARS }, (_, line) => {
    const from = time();
    const to = from + next(60e6);
    return {
      source: source(next(SOURCES)),
      line,
      action: "dns.lookup",
      label: `A? host-${line}.test: no answer`,
      outcome: ["success", "failure", "unknown"][next(3)],
      from: { earliest: from, latest: from + next(1000) },
      to: { earliest: to, latest: to },
      entities: entities(),
      findingIds: cited(),
    };
  }).sort(byTime(({ from }) => from.earliest));
  const marks = Array.from({ length: MARKS }, (_, line) => {
    const at = time();
    return {
      source: source(next(SOURCES)),
      line,
      action: ["dns.query", "tcp.segment", "bridge.port_state"][next(3)],
      label: `event ${line}`,
      time: at,
      latest: at + (next(5) === 0 ? next(1e6) : 0),
      entities: entities(),
      findingIds: cited(),
    };
  }).sort(byTime(({ time }) => time));
  const records = densities.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  const report = {
    schema: "hindcast.report/1",
    version: "0.0.0",
    summary: { from: iso(0), to: iso(LENGTH), records, unparsed: 0, sources: SOURCES },
    rootCauses: ["finding-0"],
    story: [],
    findings,
    timeline: [],
    clocks: [],
    sources: [],
    unplaced: [],
    problems: [],
    missing: [],
  };
  const picture = {
    origin: ORIGIN,
    length: LENGTH,
    densities,
    bars,
    marks,
    totals: { bars: 9e6, marks: 9e6, records },
  };
  return { report, picture, ladders: [], contexts: [] };
}
