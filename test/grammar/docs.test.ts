import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { formatProblem } from "../../src/grammar/compile.js";
import { BUILTINS, TYPES } from "../../src/grammar/ir/builtins.js";
import { runSamples } from "../../src/grammar/samples.js";

const page = readFileSync(new URL("../../docs/GRAMMARS.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^```grammar\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

describe("docs/GRAMMARS.md", () => {
  it("has examples", () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  it.each(examples.map((text) => [/^grammar +(\S+)/.exec(text)?.[1] ?? "?", text]))(
    "example %s does what it says",
    (name, text) => {
      const results = runSamples([{ file: `${name}.grammar`, text }]);
      expect(results.flatMap(({ problem }) => (problem ? [formatProblem(problem)] : []))).toEqual([]);
      expect(results.length).toBeGreaterThan(1);
    },
  );

  it("names every built-in token and every type", () => {
    for (const name of [...Object.keys(BUILTINS), ...TYPES.filter((type) => type !== "text")]) {
      expect(page).toContain(`\`${name}\``);
    }
  });

  it("quotes the message of an ambiguous shape as it is", () => {
    const quoted = /^```text\n([\s\S]*?)```$/m.exec(page)![1]!.trimEnd();
    const event = /^ {2}7 \| (.*)$/m.exec(quoted)![1]!;
    const text = `grammar x "x"\nlayer envelope\n\n\ntoken CALL = /[a-z]+/\ntoken ANY = /[^\\n]*/\n${event}\n`;
    expect(runSamples([{ file: "x.grammar", text }]).map(({ problem }) => formatProblem(problem!))).toEqual([
      quoted,
    ]);
  });
});
