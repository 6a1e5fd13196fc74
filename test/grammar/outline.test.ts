import { describe, expect, it } from "@jest/globals";
import { readValues } from "../../src/grammar/values/index.js";
import { outline } from "../../src/grammar/values/outline.js";

const GRAMMAR = `grammar settings "nested settings"
layer values
token SKIP   = /[ ]+/
token NUMBER = /-?\\d+/
token NAME   = /[a-z_]+/
rule settings = list(setting, ",")?
rule setting  = name:NAME "=" value:value
rule value    = NUMBER | "{" settings "}"
`;

describe("outline", () => {
  it("shows a value's parts in the order of the text, indented as they nest", () => {
    const { tree } = readValues(GRAMMAR, "settings", "a=1, b={c=2}");
    expect(outline(tree!).map(({ depth, name, text }) => `${"  ".repeat(depth)}${name}: ${text}`)).toEqual([
      "settings: a=1, b={c=2}",
      "  setting: a=1",
      "    name: a",
      "    value: 1",
      "  setting: b={c=2}",
      "    name: b",
      "    value: c=2",
      "      name: c",
      "      value: 2",
    ]);
  });

  it("is cut where it would be longer than asked", () => {
    const { tree } = readValues(GRAMMAR, "settings", "a=1, b=2, c=3");
    expect(outline(tree!, 3)).toHaveLength(3);
  });
});
