// How long a message takes with 10, 50 and 500 shapes: indexed, and trying them all. Prints ns per message.
// node bench/grammar.bench.mjs
import { unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { THINGS, VERBS } from "./words.mjs";

const outfile = join(tmpdir(), `hindcast-grammar-bench-${process.pid}.mjs`);
buildSync({
  stdin: {
    contents:
      'export * from "./src/grammar/compile.js"; export * from "./src/grammar/index/index.js"; export * from "./src/grammar/exec.js";',
    resolveDir: fileURLToPath(new URL("..", import.meta.url)),
  },
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
const { compileGrammars, formatProblem, matchShape, MessageIndex } = await import(
  pathToFileURL(outfile).href
);
unlinkSync(outfile);

/** Shapes like those of daemons: half begin with a literal, half have it inside. */
function grammar(count) {
  const events = Array.from({ length: count }, (_, i) => {
    const words = `${VERBS[i % VERBS.length]} ${THINGS[(i >> 3) % THINGS.length]} ${i}`;
    return i % 2 === 0
      ? `event e${i} = "${words} " a:WORD ": " b:rest`
      : `event e${i} = a:WORD " is ${words} for " b:INT " ms on " c:WORD`;
  });
  return `grammar bench "bench"\nlayer message\n${events.join("\n")}\n`;
}

/** Nine messages of ten are read by no shape, as in real logs. */
function messages(count) {
  return Array.from({ length: 4096 }, (_, i) => {
    const n = (i * 7919) % count;
    const words = `${VERBS[n % VERBS.length]} ${THINGS[(n >> 3) % THINGS.length]} ${n}`;
    if (i % 10 > 0) return `some other message ${i} that is ${VERBS[i % 8]} nothing of interest`;
    return n % 2 === 0
      ? `${words} web-${i}: all is well with the world`
      : `web-${i} is ${words} for ${i} ms on eth0`;
  });
}

function best(run) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 7; round++) {
    const started = process.hrtime.bigint();
    const count = run();
    least = Math.min(least, Number(process.hrtime.bigint() - started) / count);
  }
  return Math.round(least);
}

console.log("shapes   build ms   indexed ns   try all ns");
for (const count of [10, 50, 500]) {
  const { grammars, problems } = compileGrammars([{ file: "bench.grammar", text: grammar(count) }]);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  const started = performance.now();
  const index = new MessageIndex(grammars);
  const build = performance.now() - started;
  const texts = messages(count);
  let found = 0;
  const indexed = best(() => {
    found = 0;
    for (const text of texts) if (index.match(text, {})) found++;
    return texts.length;
  });
  const some = texts.slice(0, 512);
  const all = best(() => {
    for (const text of some) grammars[0].shapes.some((shape) => matchShape(shape, text));
    return some.length;
  });
  if (found < texts.length / 12) throw new Error(`only ${found} messages were read`);
  console.log(
    `${count}`.padStart(6),
    build.toFixed(1).padStart(10),
    `${indexed}`.padStart(12),
    `${all}`.padStart(12),
  );
}
