import { describe, expect, it } from "@jest/globals";
import { jiraCode, jiraProse, withinNoformat } from "../../../src/report/markdown/jira-escape.js";

describe("prose in Jira's wiki markup", () => {
  it.each([
    ["172.28.1.15 left 4 questions (docker.moscow.corp.test) unanswered.", undefined],
    [
      'systemd-resolved, daemon.json "dns": 95 % sure?',
      'systemd-resolved, daemon.json "dns": 95 \\% sure\\?',
    ],
    ["*bold* _em_ ^up^ ~down~", "\\*bold\\* \\_em\\_ \\^up\\^ \\~down\\~"],
    ["-struck- +inserted+ ??cited??", "\\-struck\\- \\+inserted\\+ \\?\\?cited\\?\\?"],
    ["a -- b --- c ---- d", "a \\-\\- b \\-\\-\\- c \\-\\-\\-\\- d"],
    ["{color:red}x{color} {{mono}}", "\\{color:red\\}x\\{color\\} \\{\\{mono\\}\\}"],
    ["[~admin] [link|http://x] !pic.png!", "\\[\\~admin\\] \\[link\\|http: //x\\] \\!pic.png\\!"],
    ["@all OPS-17 see", "\\@all OPS\\-17 see"],
    ["https://evil.example mailto:a@b.example", "https: //evil.example mailto: a\\@b.example"],
    ["h1. heading", "h1 . heading"],
    ["bq. quoted", "bq . quoted"],
    ["# one", "\\# one"],
    ["||a||b||", "\\|\\|a\\|\\|b\\|\\|"],
    [":) (x) :D", ":\\) \\(x\\) : D"],
    ["a\\\\b \\{c}", "a\\ \\b \\ \\{c\\}"],
    ["&#91;x&#93;", "& \\#91;x& \\#93;"],
    ["set `options timeout:1`", "set {{options timeout:1}}"],
  ])("writes %j so that it only reads", (text, markup = text) => {
    expect(jiraProse(text)).toBe(markup);
  });

  it("keeps a value on one line, whatever stands in it", () => {
    expect(jiraCode("a}}\n{code}b")).toBe("{{a\\}\\}\\n\\{code\\}b}}");
  });
});

describe("{noformat}", () => {
  it("is not ended from within", () => {
    expect(withinNoformat("x {noformat} {NoFormat:title=y} {code}", 400)).toBe(
      "x \\x7bnoformat} \\x7bNoFormat:title=y} {code}",
    );
  });
});
