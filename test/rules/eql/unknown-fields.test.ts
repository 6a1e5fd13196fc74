import { describe, expect, it } from "@jest/globals";
import { renderProblem } from "../../../src/rules/eql/problem.js";
import { unknownFields } from "../../../src/rules/eql/unknown-fields.js";
import { treeOf } from "./ask.js";

const KNOWN = new Set(["dns.question.name", "dns.id", "my-field", "a"]);
const problems = (text: string) =>
  unknownFields(text, treeOf(text), KNOWN).map((one) => renderProblem(text, one));

describe("a field that no event has", () => {
  it("is shown with its place and what may be meant", () => {
    expect(problems('any where dns.id == 1 and dns.qustion.name == "x"')).toEqual([
      "line 1, column 27: unknown field `dns.qustion.name`\n" +
        '  any where dns.id == 1 and dns.qustion.name == "x"\n' +
        "                            ^^^^^^^^^^^^^^^^\n" +
        "  did you mean `dns.question.name`? Write `?dns.qustion.name` for a field that events may have or not",
    ]);
  });

  it.each([
    "sequence by dns.idd [any where true] [any where true]",
    "sequence [any where true] by dns.idd [any where true] by a",
    "any where true | unique dns.idd",
    "any where true | filter dns.idd == 1",
    "sequence [any where true] [any where true] | filter events[1].dns.idd == 1",
    "any where length(dns.idd) in (1, 2)",
    "sequence [any where a == 1] [any where a == 2] until [any where dns.idd == 1]",
  ])("is found in %s", (text) => {
    expect(problems(text)).toHaveLength(1);
    expect(problems(text)[0]).toContain("did you mean `dns.id`?");
  });

  it.each([
    'any where ?dns.qustion.name == "x"',
    "sequence by ?nowhere [any where true] [any where true]",
    'any where `my-field` == "x" and @timestamp > 1 and event.action == "x"',
    "any where true | unique_count a | filter count > 1 and percent < 1 | sort key",
    "sequence [any where a == 1] [any where a == 2] | filter events[1].dns.id == 1",
  ])("is no trouble in %s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  it("has no suggestion where nothing is near", () => {
    expect(problems("any where something.else")[0]).toContain(
      "write `?something.else` if events may have it or not",
    );
  });

  it("is told once, and five at most", () => {
    expect(problems("any where x1 or x1")).toHaveLength(1);
    expect(problems("any where x1 or x2 or x3 or x4 or x5 or x6 or x7")).toHaveLength(5);
  });
});
