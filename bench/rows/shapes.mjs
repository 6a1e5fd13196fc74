import { journal } from "../corpora/journal.mjs";
import { rule, variant } from "../variant.mjs";
import { THINGS, VERBS } from "../words.mjs";

/** Shapes of one action, for which one rule asks. */
const GROUP = 10;

/** Message shapes like those of daemons: half begin with a literal, half have it inside. All of them are asked for. */
function build(bench, count) {
  const events = Array.from({ length: count }, (_, n) => {
    const words = `${VERBS[n % VERBS.length]} ${THINGS[Math.floor(n / VERBS.length) % THINGS.length]} no. ${n}`;
    const event = `event bench.action${Math.floor(n / GROUP)}`;
    return n % 2 === 0
      ? `${event} = "${words}: " bench.what:rest`
      : `${event} = bench.what:WORD " is ${words} for " INT " ms on " WORD`;
  });
  const actions = Array.from({ length: count / GROUP }, (_, n) => `"bench.action${n}"`);
  return variant(bench.tree, {
    grammars: {
      "bench.grammar": `grammar bench "shapes made for the benchmark"\nlayer message\n${events.join("\n")}\n`,
    },
    rules: { "bench.yaml": rule("bench", `any where event.action in (${actions.join(", ")})`, "bench.what") },
  });
}

/** Ten times as many message shapes over a journal that has none of them. */
export function shapes(bench) {
  const bytes = bench.bytes(1000);
  const file = journal(bench.file("journal", bytes, ".log"), bytes);
  const [of500, of50] = bench.race("500 message shapes against 50: docker journal", bytes, [
    bench.analyze(file, { name: "hindcast analyze, 500 shapes", hindcast: build(bench, 500) }),
    bench.analyze(file, { name: "hindcast analyze, 50 shapes", hindcast: build(bench, 50) }),
  ]);
  bench.atMost("500 message shapes against 50", 1.1, of500, of50);
}
