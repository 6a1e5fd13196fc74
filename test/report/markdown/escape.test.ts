import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { codeSpan, fenced, inCell, prose } from "../../../src/report/markdown/escape.js";
import { ofCodePoints } from "../../code-points.js";

const anything = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "`",
        "```",
        "|",
        "\\",
        "\\|",
        "[x](y)",
        "![i](j)",
        "<b>",
        "&lt;",
        "http://a.example",
        "www.a.example",
      ),
      fc.constantFrom(
        "a@b.example",
        "@me",
        "#12",
        "GH-3",
        "deadbeef12",
        ":smile:",
        "**",
        "__",
        "~~",
        "1. ",
        "- ",
        "# ",
        "> ",
      ),
      fc.constantFrom(
        "\n",
        "\n\n",
        "    ",
        "\t",
        "<!--",
        "$x$",
        "[^1]",
        "---",
        "\x1b[31m",
        "\u202e",
        "a",
        " ",
        "漢",
      ),
      ofCodePoints(),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

/** Takes the code spans out of one line, as CommonMark 6.1 reads them; what is left is read as Markdown. */
function outsideOfCode(line: string): string {
  let out = "";
  for (let i = 0; i < line.length; ) {
    const fence = /^`+/.exec(line.slice(i))?.[0];
    if (!fence) {
      out += line[i++];
      continue;
    }
    const close = new RegExp(`(?<!\`)${fence}(?!\`)`, "g");
    close.lastIndex = i + fence.length;
    const end = close.exec(line);
    if (!end) return `${out} unclosed: ${line.slice(i)}`;
    i = end.index + fence.length;
    out += "¤";
  }
  return out;
}

describe("prose", () => {
  it("leaves nothing outside of code that a renderer acts upon", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const rest = outsideOfCode(prose(text));
        expect(rest).not.toMatch(/[`<>[\]*_~|#@&$^{}]|:\/\/|www\.|\n/i);
        expect(rest).not.toMatch(/^(?:[-+=]|\d+[.)] )/);
        // The only backslashes are our own, before what would begin a list.
        expect(rest.replace(/^\d*\\[-+=.)]/, "")).not.toContain("\\");
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["172.28.1.15 left 4 questions unanswered.", "172.28.1.15 left 4 questions unanswered."],
    ["set `options timeout:1` there", "set `options timeout:1` there"],
    [
      "see https://evil.example/?a, or (www.evil.example)",
      "see `https://evil.example/?a`, or (`www.evil.example`)",
    ],
    ["ask @everyone about #1", "ask `@everyone` about `#1`"],
    ["1. not a list", "1\\. not a list"],
    ["- neither", "\\- neither"],
    ["a lone ` tick", "a lone `` ` `` tick"],
  ])("writes %j as %s", (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });
});

describe("codeSpan", () => {
  it("is one span, whatever stands in it", () => {
    fc.assert(fc.property(anything, (text) => outsideOfCode(codeSpan(text)) === "¤"));
  });
});

describe("inCell", () => {
  it("leaves no bar that ends the cell", () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(inCell(codeSpan(text)).replace(/\\[\\|]/g, "")).not.toContain("|");
        expect(inCell(prose(text)).replace(/\\[\\|]/g, "")).not.toContain("|");
      }),
    );
  });
});

describe("fenced", () => {
  it("cannot be left from within", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (texts) => {
        const [open, ...rest] = fenced(texts);
        const fence = /^`{3,}/.exec(open!)![0];
        expect(rest.at(-1)).toBe(fence);
        for (const line of rest.slice(0, -1)) expect(line).not.toContain(fence);
        expect(rest).toHaveLength(texts.length + 1);
      }),
    );
  });
});
