import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { loadRules } from "../../src/rules/load.js";

const files = readdirSync("rules")
  .filter((name) => name.endsWith(".yaml"))
  .sort()
  .map((name) => ({ file: `rules/${name}`, text: readFileSync(`rules/${name}`, "utf8") }));

describe("the shipped rules", () => {
  const { rules, problems } = loadRules(files);

  it("load without a problem", () => {
    expect(problems).toEqual([]);
    expect(rules).toHaveLength(files.length);
  });
});
