// Solves made-up clocks once, in a process of its own: node bench/clocks.mjs BUNDLE MATCHES. Prints what it took, as JSON.
import { pathToFileURL } from "node:url";
import { generator } from "./corpora/random.mjs";

const CLOCKS = 50;
const SPAN = 3600e6;
const START = 1_795_319_552e6;
/** One match in so many is wrong. */
const WRONG = 1000;

const [bundle, count] = process.argv.slice(2);
const { MatchTable, solve } = await import(pathToFileURL(bundle).href);
const next = generator(5);
const random = () => next(2 ** 32) / 2 ** 32;

/** Offset and drift of each, and how it rounds: to microseconds, milliseconds or seconds. One is stepped midway. */
const clocks = Array.from({ length: CLOCKS }, (_, i) => ({
  offset: i === 0 ? 0 : Math.round((random() - 0.5) * 7200e6),
  drift: i === 0 ? 0 : (random() - 0.5) * 200e-6,
  resolution: i === 0 ? 1 : [1, 1e3, 1e6][i % 3],
  step: i === 7 ? 42e6 : 0,
}));
const offsetOf = ({ offset, drift, step }, time) => offset + drift * time + (time > SPAN / 2 ? step : 0);

/** What a clock's stamp of a moment leaves open: [earliest, latest] on itself. */
function window(clock, time) {
  const shown = START + time + offsetOf(clock, time);
  const lo = Math.floor(shown / clock.resolution) * clock.resolution;
  return [lo - 50, lo + clock.resolution + 50];
}

const table = new MatchTable();
const record = { source: 0, line: 1, offset: 0, length: 80 };
for (let n = 0; n < Number(count); n++) {
  const a = Math.floor(random() * CLOCKS);
  const b = (a + 1 + Math.floor(random() * (CLOCKS - 1))) % CLOCKS;
  const time = random() * SPAN;
  const [aLo, aHi] = window(clocks[a], time);
  const [bLo, bHi] = window(clocks[b], n % WRONG === 0 ? random() * SPAN : time);
  table.push({ a, b, aLo, aHi, bLo, bHi, aRecord: record, bRecord: record });
}

const cpu = process.cpuUsage();
const begin = process.hrtime.bigint();
const { alignments } = solve(
  clocks.map(() => ({ unstamped: false })),
  table,
  { reference: 0 },
);
const wall = Number(process.hrtime.bigint() - begin) / 1e9;
const used = process.cpuUsage(cpu);

/** Bounds are worth their time only when the truth lies in them. */
const widths = clocks.map((clock, i) => {
  let width = Number.POSITIVE_INFINITY;
  for (let time = 0; time <= SPAN; time += SPAN / 16) {
    const own = START + time + offsetOf(clock, time);
    const piece = alignments[i].pieces.find(({ to }) => own < to);
    const { min, max } = piece.offsetAt(own);
    const truth = offsetOf(clock, time);
    if (!(min <= truth && truth <= max))
      throw new Error(`clock ${i} is ${truth} ahead, not ${min} to ${max}`);
    width = Math.min(width, max - min);
  }
  return width;
});
console.log(
  JSON.stringify({
    wall,
    cpu: (used.user + used.system) / 1e6,
    rss: process.resourceUsage().maxRSS * 1024,
    pieces: alignments.reduce((sum, { pieces }) => sum + pieces.length, 0),
    width: widths.sort((p, q) => p - q)[CLOCKS >> 1],
  }),
);
