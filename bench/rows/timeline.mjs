import { access } from "../corpora/access.mjs";
import { rule, variant } from "../variant.mjs";

/** Bytes of a line of the corpus, on average. */
const LINE = 100;

const asks = (condition) => `any where event.action == "http.access" and ${condition}`;

/** Questions of every kind about the same events; of `n` each copy asks for something else. Few events meet any. */
const QUERIES = [
  (n) => asks(`http.response.status_code == ${502 + n}`),
  (n) => asks(`http.request.method == "PATCH" and url.original : "*app-${n}/*"`),
  (n) => asks(`http.response.status_code == ${600 + n} and cidrMatch(source.ip, "10.0.${n}.0/24")`),
  (n) => asks(`source.ip == "10.9.${n}.1"`),
  (n) =>
    `sequence by source.ip with maxspan=5s [${asks(`http.response.status_code == ${502 + n}`)}] [${asks(`http.response.status_code == ${550 + n}`)}]`,
  (n) =>
    `sequence by source.ip with maxspan=2s [${asks(`http.response.status_code == ${700 + n}`)}] ![${asks(`http.response.status_code == ${800 + n}`)}]`,
];

function rulesFor(count) {
  const files = {};
  for (let n = 0; n < count; n++) {
    const id = `bench-${n}`;
    files[`${id}.yaml`] = rule(id, QUERIES[n % QUERIES.length](Math.floor(n / QUERIES.length)), "source.ip");
  }
  return files;
}

/** What rules cost over a timeline of ten million events, all of a kind that they all ask for: nothing can be passed over. */
export function timeline(bench) {
  const bytes = bench.bytes((10e6 * LINE) / 1e6);
  const file = access(bench.file("access", bytes, ".log"), bytes);
  const millions = bytes / LINE / 1e6;
  const contender = (count) =>
    bench.analyze(file, {
      name: `hindcast analyze, ${count === 1 ? "1 rule" : `${count} rules`}`,
      hindcast: variant(bench.tree, { rules: rulesFor(count) }),
      flags: ["--jobs", "1"],
    });
  const title = `rules over ${millions} million events`;
  const [of1, of50, of60, of500] = bench.race(title, bytes, [1, 50, 60, 500].map(contender));
  // One rule has all events parsed; what 60 take beyond that is their pass.
  bench.within(
    `${title}: the pass of 60 rules, of the CPU that parsing takes`,
    50,
    100 * (of60.cpu / of1.cpu - 1),
    "%",
  );
  bench.within(`${title}: memory with 60 rules`, 500, of60.rss / 1e6, "MB");
  bench.within(
    `${title}: 500 rules beyond 50, of the CPU that parsing takes`,
    25,
    100 * ((of500.cpu - of50.cpu) / of1.cpu),
    "%",
  );
}
