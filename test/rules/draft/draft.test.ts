import { describe, expect, it } from "@jest/globals";
import { draftRule } from "../../../src/rules/draft/draft.js";
import { loadRules } from "../../../src/rules/load.js";
import { event } from "../events.js";
import { judge } from "../rules.js";

const loaded = (id: string, text: string) => {
  const { rules, problems } = loadRules([{ file: `${id}.yaml`, text }]);
  expect(problems.map(String)).toEqual([]);
  return rules[0]!;
};

describe("a drafted rule", () => {
  it("loads as it is, with everything that a rule of the catalogue has", () => {
    const rule = loaded("disk-slow", draftRule("disk-slow"));
    expect(rule.cases.map(({ expect: what }) => what)).toEqual(["found", "not-found"]);
    expect(rule.needs).toHaveLength(1);
  });

  const record = {
    action: "disk.error",
    fields: { "disk.device": 'sd"a\\', "error.code": 5, message: "x", "process.pid": 7, "odd-name": true },
    file: "kern: log.txt",
    text: "Mar 02 10:00:00 web kernel: blk_update_request: I/O error\n\ttab: and colon\u0007",
  };

  it("asks for the record's kind, and finds it", () => {
    const rule = loaded("disk-slow", draftRule("disk-slow", record));
    expect(judge(rule, [event("disk.error", 1)]).findings).toHaveLength(1);
    expect(judge(rule, [event("disk.full", 1)]).findings).toEqual([]);
  });

  it("offers the record's fields as conditions, not those that fit it alone", () => {
    const text = draftRule("disk-slow", record);
    expect(text).toContain('// and disk.device == "sd\\"a\\\\"');
    expect(text).toContain("// and error.code == 5");
    expect(text).toContain("// and `odd-name` == true");
    expect(text).not.toContain("process.pid");
    const kept = text.replaceAll("// and ", "and ").replace(/^ *\/\/ Of these.*\n/m, "");
    const rule = loaded("disk-slow", kept);
    expect(judge(rule, [event("disk.error", 1, record.fields)]).findings).toHaveLength(1);
    expect(judge(rule, [event("disk.error", 1)]).findings).toEqual([]);
  });

  it("has the record as its first case, whatever is in it", () => {
    const [first] = loaded("disk-slow", draftRule("disk-slow", record)).cases;
    expect(first!.files["kern: log.txt"]).toBe(
      "Mar 02 10:00:00 web kernel: blk_update_request: I/O error\n\ttab: and colon?\n",
    );
  });
});
