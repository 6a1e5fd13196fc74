import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";

const dist = path.join(import.meta.dirname, "../../dist");
const IMPORT = /(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g;

/** The modules that are loaded with one of dist/: itself and all that it imports, but not what it may import later. */
function loadedWith(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file)) return seen;
  const text = fs.readFileSync(file, "utf8");
  seen.set(file, text);
  for (const [, name] of text.matchAll(IMPORT)) loadedWith(path.resolve(path.dirname(file), name!), seen);
  return seen;
}

const textOf = (file: string) => [...loadedWith(file).values()].join("\n");
const chunk = (name: string) =>
  path.join(
    dist,
    "chunks",
    fs.readdirSync(path.join(dist, "chunks")).find((file) => new RegExp(`^${name}-\\w+\\.js$`).test(file))!,
  );

/** What is dear to load, by words that only it contains. */
const DEAR: Record<string, RegExp> = {
  "the parser generator": /ChevrotainError|MismatchedTokenException/,
  YAML: /yaml\.org,2002/,
  "JSON Schema": /missingRef|strictSchema/,
  "glob patterns": /micromatch/,
  "grammar texts": /layer {1,9}envelope\s/,
  "cases of rules": /expect\W{2,6}not-found/,
  "what people are told of formats": /Packets as they were on the wire/,
  "the terminal's report": /top-mid/,
  "the terminal's view": /\?1049h/,
  "the HTML page": /default-src 'none'/,
  "what exports write": /origin_us/,
};

/** What only an analysis says: surveying, judging, reporting. */
const ANALYSIS = [
  /binary data in no format that is known/,
  /hindcast\.report/,
  /what came before it was read/,
];

/** Which list of the catalogue a module holds, by words that are in one only. */
const ofList = (text: string): "formats" | "rules" | undefined => {
  if (text.includes("Foreign Address")) return "formats";
  return text.includes('"severity":') ? "rules" : undefined;
};

describe("a start loads nothing that it does not need", () => {
  it("--version and --help: the command line's words alone", () => {
    const text = textOf(path.join(dist, "hindcast.js")) + textOf(path.join(dist, "main.js"));
    expect(text).toContain("hindcast *.log dump.pcap");
    expect(text.length).toBeLessThan(100_000);
  });

  for (const [what, words] of Object.entries(DEAR)) {
    it(`an analysis: no ${what}`, () => {
      expect(textOf(chunk("analyze"))).not.toMatch(words);
    });

    it(`and ${what} would be known by these words`, () => {
      const all = [dist, path.join(dist, "chunks")].flatMap((dir) =>
        fs
          .readdirSync(dir)
          .filter((file) => file.endsWith(".js"))
          .map((file) => fs.readFileSync(path.join(dir, file), "utf8")),
      );
      expect(all.some((text) => words.test(text))).toBe(true);
    });
  }

  it("the lists of formats and of rules: nothing that reads, judges or reports evidence", () => {
    const lists = fs
      .readdirSync(path.join(dist, "chunks"))
      .filter((name) => /^catalogue-\w+\.js$/.test(name));
    expect(lists).toHaveLength(2);
    for (const name of lists) {
      const text = textOf(path.join(dist, "chunks", name));
      for (const words of ANALYSIS) expect(text).not.toMatch(words);
    }
  });

  it("and an analysis would be known by these words", () => {
    const text = textOf(chunk("analyze"));
    for (const words of ANALYSIS) expect(text).toMatch(words);
  });

  it("an analysis: 16 modules, whose code is less than 720 000 characters", () => {
    const modules = loadedWith(chunk("analyze"));
    expect(modules.size).toBeLessThanOrEqual(16);
    const code = [...modules.values()].filter((text) => ofList(text) === undefined);
    expect(code.length).toBe(modules.size - 2);
    expect(code.join("").length).toBeLessThan(720_000);
  });

  // The lists grow with every format and rule, which is what they are for: what is bounded is what one of them costs.
  for (const [list, per] of [
    ["formats", 5000],
    ["rules", 4400],
  ] as const)
    it(`an analysis: less than ${per} characters for each of the ${list}`, () => {
      const texts = [...loadedWith(chunk("analyze")).values()].filter((text) => ofList(text) === list);
      expect(texts).toHaveLength(1);
      const folder = { formats: "grammars", rules: "rules" }[list];
      const files = fs.readdirSync(path.join(dist, "..", folder), { recursive: true, encoding: "utf8" });
      const count = files.filter((name) => /\.(?:grammar|yaml)$/.test(name)).length;
      expect(count).toBeGreaterThan(50);
      expect(texts[0]!.length / count).toBeLessThan(per);
    });
});
