// Runs an expression before the program begins, and again at its end, on a text in two parts, which V8 matches in its slow way:
// node --require flattened.cjs PROGRAM …
const early = /^(a+)(b+)c$/;
early.exec("abc");
const halves = ["a".repeat(20), `${"b".repeat(20)}c`];
process.on("exit", () => {
  const matched = early.exec(halves[0] + halves[1]);
  process.stderr.write(`matched: ${matched[1].length} ${matched[2].length}\n`);
});
